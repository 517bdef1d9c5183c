/// Lets options stand before the command, as the original's users write them: `--deps numpy example`.
struct CommandOrder {
  private let commands: Set<String>
  /// Options that take the next argument as their value.
  private static let withValue: Set<String> = [
    "--deps", "--dependencies", "--return-mode", "--state", "--cache-dir", "--port", "--trace", "--protocol",
    "-c", "--timeout", "--memory", "--max-output", "--max-rss", "--network", "--max-message", "--replay",
    "--for", "--host", "--token-file", "--allow-host", "--allow-origin", "--session-timeout",
    "--max-sessions",
    "--pool", "--session-id-header", "--client-timeout", "--keep-alive", "--url", "--header",
  ]

  init(commands: Set<String>) {
    self.commands = commands
  }

  /// Moves the command, if there is one, before the options that precede it.
  func commandFirst(_ arguments: [String]) -> [String] {
    var index = arguments.startIndex
    while index < arguments.endIndex, arguments[index].hasPrefix("-"), arguments[index] != "--" {
      index += Self.withValue.contains(arguments[index]) ? 2 : 1
    }
    guard index < arguments.endIndex, commands.contains(arguments[index]) else { return arguments }
    return [arguments[index]] + arguments[..<index] + arguments[(index + 1)...]
  }
}
