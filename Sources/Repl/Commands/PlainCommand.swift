/// A command at the prompt without the full screen, which knows few of them.
public enum PlainCommand: Sendable, Hashable {
  case help(String)
  case image(ImageCommand)

  private static let known: [Command.ID] = [.help, .saveImage, .open]

  /// Whether a line at the prompt is meant as a command. No Python begins with a colon.
  public static func isMeant(by text: String) -> Bool { CommandLine.isMeant(by: text) }

  /// - Parameter images: what the session has shown.
  public init(parsing text: String, images: ImageGallery) throws(CommandError) {
    let line = try CommandLine(parsing: text)
    switch line.id {
    case .help: self = .help(Self.helpText)
    case .saveImage: self = .image(try .save(line.argument, from: images))
    case .open: self = .image(try .open(line.argument, from: images))
    default:
      throw CommandError("\":\(line.id.rawValue)\" is for the full screen only; :help lists what is not.")
    }
  }

  private static var helpText: String {
    let rows = known.compactMap(CommandTable.command).map { command in
      let usage = command.usage ?? ""
      return "\(usage)\(String(repeating: " ", count: max(1, 24 - usage.count)))\(command.help)"
    }
    return rows.joined(separator: "\n")
  }
}
