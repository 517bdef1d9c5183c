/// A sentence for the client beside the result of a run.
struct Notice {
  let text: String
  /// True when it is only for readers of structures and logs: the original's texts have nothing like it.
  let isBesideText: Bool
  /// True when the client's log has it already, because its run was cancelled and has no result.
  fileprivate(set) var isLogged = false

  init(_ text: String, isBesideText: Bool = false) {
    self.text = text
    self.isBesideText = isBesideText
  }
}

extension PythonSession {
  /// Notes that the client's log has the sentence that the next result will tell.
  func noteLogged() { notice?.isLogged = true }
}

extension [Notice] {
  /// The notices that the result's text has too.
  var ofText: Self { filter { !$0.isBesideText } }

  /// All of the notices; nil for none.
  var text: String? { isEmpty ? nil : map(\.text).joined(separator: " ") }
}
