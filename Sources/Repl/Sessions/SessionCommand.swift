/// What the commands that go back in time want, as they were typed.
public enum SessionCommand: Sendable, Hashable {
  /// Nil names it after where the session stands.
  case checkpoint(name: String?, file: String?)
  case undo(runs: Int)
  case rewind(to: String)
  /// Nil takes the next letter.
  case fork(name: String?)
  /// Nil lists them.
  case session(name: String?)
  case checkpoints

  /// Comes before a file to write to.
  static let save = "--save"

  /// Nil for any other command.
  ///
  /// - Throws: a sentence for the user.
  init?(_ line: CommandLine) throws(CommandError) {
    let argument = line.argument
    switch line.id {
    case .checkpoint: self = try Self.checkpoint(argument)
    case .rewind where argument.isEmpty: self = .undo(runs: 1)
    case .rewind:
      guard let runs = Int(argument) else {
        self = .rewind(to: argument)
        return
      }
      guard runs > 0 else { throw CommandError("\":rewind\" wants how many runs to undo: 1 or more.") }
      self = .undo(runs: runs)
    case .fork: self = .fork(name: try Self.name(argument, of: "session"))
    case .session: self = .session(name: argument.isEmpty ? nil : argument)
    case .checkpoints: self = .checkpoints
    default: return nil
    }
  }

  private static func checkpoint(_ argument: String) throws(CommandError) -> SessionCommand {
    let words = argument.split(whereSeparator: \.isWhitespace)
    guard let mark = words.firstIndex(of: save[...]) else {
      return .checkpoint(name: try name(argument, of: "checkpoint"), file: nil)
    }
    // A path may hold blanks.
    let file = argument[words[mark].endIndex...].drop { $0.isWhitespace }
    guard !file.isEmpty else { throw CommandError("\":checkpoint --save\" wants FILE to write to.") }
    let name = try name(words[..<mark].joined(separator: " "), of: "checkpoint")
    return .checkpoint(name: name, file: String(file))
  }

  /// Nil when there is none.
  private static func name(_ text: String, of thing: String) throws(CommandError) -> String? {
    if text.isEmpty { return nil }
    guard !text.contains(where: \.isWhitespace), Int(text) == nil, !text.hasPrefix("-") else {
      throw CommandError("The name of a \(thing) is one word and no number, not \"\(text)\".")
    }
    return text
  }
}
