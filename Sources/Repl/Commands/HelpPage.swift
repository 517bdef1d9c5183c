internal import Traffic

/// The help screen, made from the table of commands.
enum HelpPage {
  static func lines(columns: Int) -> [Line] {
    var lines: [Line] = [[Span("Commands, typed at the prompt", .heading)]]
    for command in CommandTable.all {
      guard let usage = command.usage else { continue }
      lines += row(usage, command.help, keys: command.keyNames(), columns: columns)
    }
    for context in KeyContext.allCases {
      let commands = CommandTable.all.filter { $0.keys.contains { $0.context == context } }
      guard !commands.isEmpty else { continue }
      lines += [[], [Span(context.title, .heading)]]
      for command in commands { lines += row(command.keyNames(in: context), command.help, columns: columns) }
    }
    lines += [[], [Span("The filter of the traffic", .heading)]]
    for key in Filter.keys { lines += row(key.name, key.values, columns: columns) }
    lines += row("text \"two words\"", "text anywhere in the message", columns: columns)
    lines += row("-term  !term", "messages that do not match it", columns: columns)
    lines += row("term term | term", "all of the one side, or all of the other", columns: columns)
    lines += [[], [Span("Python", .heading)]]
    lines += row("name?  name??", "signature and documentation; also the source", columns: columns)
    lines += row("_", "the last value", columns: columns)
    return lines
  }

  private static func row(_ left: String, _ help: String, keys: String = "", columns: Int) -> [Line] {
    let indent = 24
    let text = keys.isEmpty ? help : "\(help) (\(keys))"
    let rows = TextWords.wrapped(text, to: max(20, columns - indent - 2))
    let name: Line = [Span("  " + left, .keyword)]
    let isLong = DisplayWidth.of(left) > indent - 4
    let below = rows.dropFirst(isLong ? 0 : 1).map { [Span(String(repeating: " ", count: indent) + $0)] }
    return [isLong ? name : name.padded(to: indent) + [Span(rows.first ?? "")]] + below
  }
}
