/// What a client is to be told beside the result of a run: one sentence.
struct Notice {
  let text: String
  /// Whether it is only for those who read structures and logs: the original's texts have nothing like it.
  let isBesideText: Bool
  /// Whether its log has it already, since it was of a run that was cancelled and has no result.
  fileprivate(set) var isLogged = false

  init(_ text: String, isBesideText: Bool = false) {
    self.text = text
    self.isBesideText = isBesideText
  }
}

extension PythonSession {
  /// The client's log has what the next result is to tell.
  func noteLogged() { notice?.isLogged = true }
}

extension [Notice] {
  /// Those that the result's text has, too.
  var ofText: Self { filter { !$0.isBesideText } }

  /// All of them; nil for none.
  var text: String? { isEmpty ? nil : map(\.text).joined(separator: " ") }
}
