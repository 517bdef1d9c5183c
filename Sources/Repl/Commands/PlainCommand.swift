/// A command of the prompt without the full screen, which knows only a few.
public enum PlainCommand: Sendable, Hashable {
  case help(String)
  case image(ImageCommand)
  case session(SessionCommand)

  private static let known: [Command.ID] = [
    .help, .saveImage, .open, .checkpoint, .rewind, .fork, .session, .checkpoints,
  ]

  /// True when a line at the prompt is meant as a command. No Python begins with a colon.
  public static func isMeant(by text: String) -> Bool { CommandLine.isMeant(by: text) }

  /// - Parameter images: the images that the session has shown.
  public init(parsing text: String, images: ImageGallery) throws(CommandError) {
    let line = try CommandLine(parsing: text)
    if let command = try SessionCommand(line) {
      self = .session(command)
      return
    }
    switch line.id {
    case .help: self = .help(Self.helpText)
    case .saveImage: self = .image(try .save(line.argument, from: images))
    case .open: self = .image(try .open(line.argument, from: images))
    default:
      throw CommandError("\":\(line.id.rawValue)\" is for the full screen only; :help lists what is not.")
    }
  }

  /// The possible endings of a command line; nil for lines that are no commands.
  public static func completions(of line: String, in sessions: Sessions) -> CompletionList? {
    guard isMeant(by: line) else { return nil }
    let request = CompletionRequest(text: line, cursor: line.unicodeScalars.count)
    var list = CommandCompletion.list(for: request, in: sessions)
    if !line.contains(" ") {
      let names = Set(known.map { ":" + $0.rawValue })
      list?.items.removeAll { !names.contains($0) }
    }
    return list
  }

  private static var helpText: String {
    let commands = known.compactMap(CommandTable.command)
    let width = commands.map { $0.usage?.count ?? 0 }.max() ?? 0
    let rows = commands.map { command in
      let usage = command.usage ?? ""
      return "\(usage)\(String(repeating: " ", count: width + 2 - usage.count))\(command.help)"
    }
    return rows.joined(separator: "\n")
  }
}
