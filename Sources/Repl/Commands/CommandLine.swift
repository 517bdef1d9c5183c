internal import Traffic

/// A command as it was typed: `:name argument`.
struct CommandLine: Sendable, Hashable {
  var id: Command.ID
  /// The argument without blanks around it; empty when there is none.
  var argument: String

  /// True when a text at the prompt is meant as a command. No Python begins with a colon.
  static func isMeant(by text: String) -> Bool { text.drop { $0.isWhitespace }.first == ":" }

  init(id: Command.ID, argument: String) {
    self.id = id
    self.argument = argument
  }

  /// Reads a command. The beginning of a name is enough if no other name begins so.
  init(parsing text: String) throws(CommandError) {
    let line = text.drop { $0.isWhitespace }.dropFirst()
    let name = String(line.prefix { !$0.isWhitespace })
    let command = try Self.command(named: name)
    argument = Self.trimmed(line.dropFirst(name.count))
    id = command.id
    switch command.argument {
    case .none where !argument.isEmpty:
      throw CommandError("\":\(id.rawValue)\" takes nothing after it.")
    case .required(let wanted) where argument.isEmpty:
      throw CommandError("\":\(id.rawValue)\" wants \(wanted): \(command.usage ?? "").")
    case .none, .optional, .required, .words: break
    }
  }

  private static func command(named name: String) throws(CommandError) -> Command {
    let typed = CommandTable.all.filter(\.isTyped)
    if let exact = typed.first(where: { $0.id.rawValue == name }) { return exact }
    if name.isEmpty { throw CommandError("A command is missing after the colon; F1 shows all.") }
    let possible = typed.filter { $0.id.rawValue.hasPrefix(name) }
    if possible.count == 1 { return possible[0] }
    if !possible.isEmpty {
      throw CommandError(
        "\":\(name)\" may be \(possible.map { ":" + $0.id.rawValue }.joined(separator: ", ")).")
    }
    if let near = NearestName.to(name, in: typed.map(\.id.rawValue)) {
      throw CommandError("There is no command \":\(name)\". Is \":\(near)\" meant?")
    }
    throw CommandError("There is no command \":\(name)\"; F1 shows all.")
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

/// The reason why a command cannot be done, as a sentence.
public struct CommandError: Error, Hashable {
  public var message: String

  init(_ message: String) {
    self.message = message
  }
}

/// A command of the prompt without the full screen, which knows only a few.
public enum PlainCommand: Sendable, Hashable {
  case help(String)
  case image(ImageCommand)
  case session(SessionCommand)

  private enum Verb: String, CaseIterable {
    case help, open
    case saveImage = "save-image"
  }

  private static let known: [Command.ID] =
    [.help, .saveImage, .open] + SessionCommand.Verb.allCases.compactMap { Command.ID(rawValue: $0.rawValue) }

  /// True when a line at the prompt is meant as a command. No Python begins with a colon.
  public static func isMeant(by text: String) -> Bool { CommandLine.isMeant(by: text) }

  /// - Parameter images: the images that the session has shown.
  public init(parsing text: String, images: ImageGallery) throws(CommandError) {
    let line = try CommandLine(parsing: text)
    if let command = try SessionCommand(line) {
      self = .session(command)
      return
    }
    switch Verb(rawValue: line.id.rawValue) {
    case .help: self = .help(Self.helpText)
    case .saveImage: self = .image(try .save(line.argument, from: images))
    case .open: self = .image(try .open(line.argument, from: images))
    case nil:
      throw CommandError(
        "\":\(line.id.rawValue)\" needs the full screen; :help lists the commands that do not.")
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

/// Completes command lines from the tables.
enum CommandCompletion {
  static func list(for request: CompletionRequest, in sessions: Sessions) -> CompletionList? {
    let before = String(String.UnicodeScalarView(request.text.unicodeScalars.prefix(request.cursor)))
    let word = String(before.split(separator: " ", omittingEmptySubsequences: false).last ?? "")
    let items = words(of: before, sessions).filter { $0.hasPrefix(word) }
    let start = request.cursor - word.unicodeScalars.count
    return CompletionList(request: request, range: start..<request.cursor, items: items)
  }

  private static func words(of line: String, _ sessions: Sessions) -> [String] {
    guard line.contains(" ") else { return CommandTable.all.filter(\.isTyped).map { ":" + $0.id.rawValue } }
    let name = line.split(separator: " ").first?.dropFirst() ?? ""
    return Command.ID(rawValue: String(name)).flatMap { arguments[$0]?(sessions) } ?? []
  }

  /// The words that may follow a command.
  private static let arguments: [Command.ID: @Sendable (Sessions) -> [String]] = [
    .filter: { _ in FilterWords.all },
    .layout: { _ in LayoutMode.allCases.map(\.rawValue) },
    .clear: { _ in Pane.allCases.map(\.rawValue) + [App.allPanes] },
    .copy: { _ in Pane.allCases.map(\.rawValue) },
    .rewind: { $0.checkpointNames + [SessionCommand.reseed] },
    .fork: { _ in [SessionCommand.reseed] },
    .session: { $0.sessionNames },
    .checkpoint: { _ in [SessionCommand.save] },
  ]
}

/// The keys and values that a filter knows, for completion.
enum FilterWords {
  static let all =
    Filter.keys.map(\.name)
    + Entry.Kind.allCases.map { "kind:" + $0.rawValue } + ["kind:batch"]
    + Exchange.State.allCases.map { "status:" + $0.rawValue }
    + ["dir:sent", "dir:received", "is:marked", "is:orphan"]
}
