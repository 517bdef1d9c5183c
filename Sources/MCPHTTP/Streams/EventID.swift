/// The id of an event on the wire: its stream within the session, and its number there.
///
/// The number 0 stands for the beginning of the stream.
struct EventID: Sendable, Hashable {
  let stream: Int
  let number: Int

  init(stream: Int, number: Int) {
    self.stream = stream
    self.number = number
  }

  /// Reads a text that ``text`` gave; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let stream = Int(parts[0]), let number = Int(parts[1]), stream >= 0, number >= 0,
      text == "\(stream)-\(number)"
    else { return nil }
    self.init(stream: stream, number: number)
  }

  var text: String { "\(stream)-\(number)" }
}
