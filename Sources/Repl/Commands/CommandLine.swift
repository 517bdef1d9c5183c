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
