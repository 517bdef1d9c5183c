import ArgumentParser
import MCP

/// Lets options stand before the command, as the original's users write them: `--deps numpy example`.
struct CommandOrder {
  private let commands: Set<String>
  /// The options that take the next argument as their value.
  private let withValue: Set<String>

  /// - Parameter root: the command that has the subcommands.
  init(of root: (some ParsableCommand).Type) {
    let commands = Self.description(of: root)?["subcommands"]?.arrayValue ?? []
    self.commands = Set(commands.compactMap { $0["commandName"]?.stringValue })
    let options = commands.flatMap { $0["arguments"]?.arrayValue ?? [] }.filter { $0["kind"] == "option" }
    withValue = Set(Self.spellings(of: options))
  }

  /// Moves the command, if there is one, before the options that precede it.
  func commandFirst(_ arguments: [String]) -> [String] {
    var index = arguments.startIndex
    while index < arguments.endIndex, arguments[index].hasPrefix("-"), arguments[index] != "--" {
      index += withValue.contains(arguments[index]) ? 2 : 1
    }
    guard index < arguments.endIndex, commands.contains(arguments[index]) else { return arguments }
    return [arguments[index]] + arguments[..<index] + arguments[(index + 1)...]
  }

  /// The options of one command, in the form in which they are typed.
  static func options(of command: (some ParsableCommand).Type) -> [String] {
    spellings(of: description(of: command)?["arguments"]?.arrayValue ?? [])
  }

  private static func description(of command: (some ParsableCommand).Type) -> JSON? {
    (try? JSON(parsing: Array(command._dumpHelp().utf8)))?["command"]
  }

  private static func spellings(of arguments: [JSON]) -> [String] {
    arguments.flatMap { $0["names"]?.arrayValue ?? [] }.compactMap(spelling)
  }

  private static func spelling(_ name: JSON) -> String? {
    guard let text = name["name"]?.stringValue else { return nil }
    return name["kind"] == "long" ? "--\(text)" : "-\(text)"
  }
}
