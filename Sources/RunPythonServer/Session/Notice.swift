/// What a client is to be told beside the result of a run: one sentence.
struct Notice {
  let text: String
  /// Whether its log has it already, since it was of a run that was cancelled and has no result.
  fileprivate(set) var isLogged = false

  init(_ text: String) { self.text = text }
}

extension PythonSession {
  /// The client's log has what the next result is to tell.
  func noteLogged() { notice?.isLogged = true }
}

extension [Notice] {
  /// All of them; nil for none.
  var text: String? { isEmpty ? nil : map(\.text).joined(separator: " ") }
}
