internal import RunPythonTool

/// The commands about sessions and their states, as they were typed.
public enum SessionCommand: Sendable, Hashable {
  /// A nil name makes it named after the place of the session.
  case checkpoint(name: String?, file: String?)
  /// - Parameter reseeds: true when random numbers are to differ from those after the earlier state.
  case undo(runs: Int, reseeds: Bool = false)
  case rewind(to: String, reseeds: Bool = false)
  /// - Parameter name: the fork's name; nil takes the next letter.
  case fork(name: String?, reseeds: Bool = false)
  /// A nil name lists the sessions.
  case session(name: String?)
  case checkpoints

  /// The names by which they are typed.
  enum Verb: String, CaseIterable {
    case checkpoint, rewind, fork, session, checkpoints
  }

  /// The option before a file to write to.
  static let save = "--save"
  static let reseed = "--reseed"

  /// Gives nil for any other command.
  ///
  /// - Throws: a sentence for the user.
  init?(_ line: CommandLine) throws(CommandError) {
    let argument = line.argument
    guard let verb = Verb(rawValue: line.id.rawValue) else { return nil }
    switch verb {
    case .checkpoint: self = try Self.checkpoint(argument)
    case .rewind: self = try Self.rewind(argument)
    case .fork:
      let (name, reseeds) = Self.takingReseed(argument)
      self = .fork(name: try Self.name(name, of: "session"), reseeds: reseeds)
    case .session: self = .session(name: argument.isEmpty ? nil : argument)
    case .checkpoints: self = .checkpoints
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

  private static func rewind(_ argument: String) throws(CommandError) -> SessionCommand {
    let (target, reseeds) = takingReseed(argument)
    if target.isEmpty { return .undo(runs: 1, reseeds: reseeds) }
    if let runs = Int(target) {
      guard runs > 0 else { throw CommandError("\":rewind\" wants how many runs to undo: 1 or more.") }
      return .undo(runs: runs, reseeds: reseeds)
    }
    guard !target.hasPrefix("-") else {
      throw CommandError("\":rewind\" knows \(reseed), and not \"\(target)\".")
    }
    return .rewind(to: target, reseeds: reseeds)
  }

  /// Takes the option out of the argument, and tells if it was there.
  private static func takingReseed(_ argument: String) -> (rest: String, reseeds: Bool) {
    let words = argument.split(whereSeparator: \.isWhitespace)
    let rest = words.filter { $0 != reseed }
    return rest.count == words.count ? (argument, false) : (rest.joined(separator: " "), true)
  }

  /// Reads a name; nil when there is none.
  private static func name(_ text: String, of thing: String) throws(CommandError) -> String? {
    if text.isEmpty { return nil }
    guard !text.contains(where: \.isWhitespace), Int(text) == nil, !text.hasPrefix("-") else {
      throw CommandError("The name of a \(thing) is one word and no number, not \"\(text)\".")
    }
    return text
  }
}

extension SessionRequest {
  /// The word in the status line while it is done.
  var doing: String {
    switch self {
    case .checkpoint: "saving"
    case .restore: "rewinding"
    case .resume: "resuming"
    case .fork: "forking"
    }
  }
}
