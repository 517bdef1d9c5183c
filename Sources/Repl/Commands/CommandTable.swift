internal import TerminalText
internal import Traffic

/// All commands, in the order of the help screen. Keys, palette, help and completion are made from this one
/// table.
enum CommandTable {
  static let all: [Command] = typed + prompt + choosing + panes + console + traffic + images

  /// Finds the command that a key means in a context.
  static func command(for key: Key, in context: KeyContext) -> Command? {
    byBinding[Command.Binding(key: key, context: context)]
  }

  static func command(_ id: Command.ID) -> Command? { byID[id] }

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

  private static let byBinding = Dictionary(
    all.flatMap { command in command.keys.map { ($0, command) } }, uniquingKeysWith: { first, _ in first })

  private static func keys(_ context: KeyContext, _ keys: Key...) -> [Command.Binding] {
    keys.map { Command.Binding(key: $0, context: context) }
  }

  private static func typed(
    _ id: Command.ID, _ argument: Command.Argument = .none, _ help: String, _ keys: [Command.Binding] = [],
    hint: String? = nil
  ) -> Command {
    Command(id: id, isTyped: true, argument: argument, help: help, keys: keys, hint: hint)
  }

  private static func key(
    _ id: Command.ID, _ help: String, _ keys: [Command.Binding], hint: String? = nil
  ) -> Command {
    Command(id: id, help: help, keys: keys, hint: hint)
  }

  private static let typed: [Command] = [
    typed(.help, .none, "Shows all keys and commands", keys(.anywhere, .named(.f1))),
    typed(.tour, .none, "Shows it all in ten steps"),
    typed(.quit, .none, "Leaves", keys(.anywhere, .control("q"))),
    typed(.reset, .none, "Forgets all variables"),
    typed(.restart, .none, "Ends the interpreter and starts a new one"),
    typed(.deps, .none, "Lists the packages that are installed"),
    typed(.vars, .none, "Lists the variables"),
    typed(.time, .required("CODE"), "Runs code and tells exactly how long it took"),
    typed(.run, .required("FILE"), "Runs a file of Python code"),
    typed(
      .save, .required("FILE"), "Saves the session: code as .py, traffic as .jsonl, else the console's text"),
    typed(.history, .optional("TEXT"), "Lists the blocks in the history that hold a text"),
    typed(.clear, .optional("PANE"), "Empties the console, the pane that is named, or all"),
    typed(
      .layout, .optional("MODE"), "Arranges the panes: auto, tabs, split or all", keys(.anywhere, .named(.f7))
    ),
    typed(.filter, .optional("EXPR"), "Shows only the messages that match; nothing shows all"),
    typed(.trace, .optional("FILE"), "Writes every message to a file; nothing ends that"),
    typed(.send, .required("JSON"), "Sends a message as it is"),
    typed(.tools, .none, "Lists the server's tools"),
    typed(.call, .required("TOOL JSON"), "Calls a tool with arguments"),
    typed(.ping, .none, "Asks whether the server is there"),
    typed(.cancel, .none, "Cancels the run"),
    typed(.copy, .optional("WHAT"), "Copies the last value, or a pane's text, to the clipboard"),
    typed(
      .saveImage, .required("[N] FILE"), "Saves an image that code has shown, the last one or that number"),
    typed(.open, .optional("N"), "Opens an image in the desktop's viewer"),
    typed(
      .enlarge, .optional("N"), "Shows an image as large as the screen",
      keys(.anywhere, .named(.f9)) + keys(.plots, .named(.enter))),
    typed(.plots, .none, "Lists the images of the session", keys(.anywhere, .alt("p"))),
    typed(
      .checkpoint, .words("[NAME] [--save FILE]"), "Saves the state to go back to it, also to a file"),
    typed(
      .rewind, .words("[N|NAME] [--reseed]"), "Undoes the last run or N of them, or goes back to a checkpoint"
    ),
    typed(.fork, .words("[NAME] [--reseed]"), "Begins a second session from this state"),
    typed(.session, .optional("NAME"), "Goes to another session; nothing lists them"),
    typed(.checkpoints, .none, "Lists the checkpoints"),
  ]

  private static let prompt: [Command] = [
    key(.accept, "Runs the block when it is complete, else adds a line", keys(.prompt, .named(.enter))),
    key(.addLine, "Adds a line", keys(.prompt, .altNamed(.enter))),
    key(
      .complete, "Completes the name, or indents at a line's start", keys(.prompt, .named(.tab)),
      hint: "complete"),
    key(.dedent, "Takes an indentation away", keys(.prompt, .named(.backTab))),
    key(
      .interrupt, "Drops the block; cancels a run, and a second time within 2 s restarts the interpreter",
      keys(.anywhere, .control("c"))),
    key(.endOfInput, "Leaves, when the prompt is empty", keys(.prompt, .control("d"))),
    key(.searchHistory, "Searches the history", keys(.prompt, .control("r")), hint: "history"),
    key(
      .dropSearch, "Gives the search up",
      keys(.historySearch, .control("g"), .control("c"))),
    key(.suspend, "Suspends the program; fg brings it back", keys(.anywhere, .control("z"))),
    key(.redraw, "Draws the screen anew", keys(.anywhere, .control("l"))),
  ]

  private static let choosing: [Command] = [
    key(.tourOn, "Goes on to the next step", keys(.tour, .named(.enter)), hint: "goes on"),
    key(.endTour, "Leaves the tour", keys(.tour, .named(.escape)), hint: "leaves the tour"),
    key(
      .choose, "Takes what is chosen",
      keys(.completions, .named(.enter)) + keys(.palette, .named(.enter)) + keys(.search, .named(.enter)),
      hint: "take"),
    key(
      .nextChoice, "Goes to the next one",
      keys(.completions, .named(.down), .named(.tab), .control("n"))
        + keys(.palette, .named(.down), .named(.tab), .control("n"))),
    key(
      .previousChoice, "Goes to the one before",
      keys(.completions, .named(.up), .named(.backTab), .control("p"))
        + keys(.palette, .named(.up), .named(.backTab))),
    key(
      .dismiss, "Closes it",
      keys(.completions, .named(.escape)) + keys(.palette, .named(.escape), .control("p"))
        + keys(.search, .named(.escape)) + keys(.help, .named(.escape), .character("q"), .named(.f1))
        + keys(.message, .named(.escape), .character("q"))
        + keys(.image, .named(.escape), .character("q")) + keys(.plots, .named(.escape), .character("q")),
      hint: "close"),
    key(
      .eraseCharacter, "Erases a character",
      keys(.search, .named(.backspace)) + keys(.palette, .named(.backspace))),
    key(.yes, "Answers yes", keys(.question, .character("y"), .character("Y")), hint: "yes"),
    key(.no, "Answers no", keys(.question, .character("n"), .character("N"), .named(.escape)), hint: "no"),
  ]

  private static let panes: [Command] = [
    key(
      .commandLine, "Begins a command, and comes back here after it",
      keys(.panes, .character(":")) + keys(.message, .character(":")) + keys(.help, .character(":")),
      hint: "command"),
    key(
      .placeHelp, "Shows the keys of this place",
      keys(.panes, .character("?")) + keys(.message, .character("?")),
      hint: "keys"),
    key(.palette, "Finds any command", keys(.anywhere, .control("p")), hint: "palette"),
    key(
      .toggleFocus, "Goes from the prompt to the panes and back", keys(.anywhere, .control("o")),
      hint: "panes"),
    key(
      .focusPrompt, "Goes to the prompt", keys(.panes, .named(.escape), .character("i"), .named(.enter)),
      hint: "prompt"),
    key(.openConsole, "Goes to the console", keys(.anywhere, .named(.f2))),
    key(.openStdout, "Goes to stdout", keys(.anywhere, .named(.f3))),
    key(.openStderr, "Goes to stderr", keys(.anywhere, .named(.f4))),
    key(.openServer, "Goes to the server's own stderr and logs", keys(.anywhere, .named(.f5))),
    key(.openTraffic, "Goes to the traffic", keys(.anywhere, .named(.f6)), hint: "traffic"),
    key(.showConsole, "Shows the console", keys(.anywhere, .alt("1"))),
    key(.showStdout, "Shows stdout", keys(.anywhere, .alt("2"))),
    key(.showStderr, "Shows stderr", keys(.anywhere, .alt("3"))),
    key(.showServer, "Shows the server's own stderr and logs", keys(.anywhere, .alt("4"))),
    key(.showTraffic, "Shows the traffic", keys(.anywhere, .alt("5"))),
    key(.nextPane, "Goes to the next pane", keys(.panes, .named(.tab))),
    key(
      .zoom, "Gives a pane the whole place, or takes it back",
      keys(.anywhere, .named(.f8)) + keys(.panes, .character("z"))),
    key(.pageUp, "Moves a page up", keys(.anywhere, .named(.pageUp))),
    key(.pageDown, "Moves a page down", keys(.anywhere, .named(.pageDown)) + keys(.panes, .character(" "))),
    key(
      .lineUp, "Moves a line up",
      keys(.anywhere, .altNamed(.up)) + keys(.panes, .named(.up), .character("k"))
        + keys(.message, .named(.up), .character("k")) + keys(.help, .named(.up), .character("k"))
        + keys(.plots, .named(.up), .character("k"))),
    key(
      .lineDown, "Moves a line down",
      keys(.anywhere, .altNamed(.down)) + keys(.panes, .named(.down), .character("j"))
        + keys(.message, .named(.down), .character("j")) + keys(.help, .named(.down), .character("j"))
        + keys(.plots, .named(.down), .character("j"))),
    key(
      .toStart, "Goes to the start",
      keys(.panes, .named(.home), .character("g")) + keys(.message, .named(.home), .character("g"))
        + keys(.help, .named(.home), .character("g")) + keys(.plots, .named(.home), .character("g"))),
    key(
      .toEnd, "Goes to the end, and follows it",
      keys(.panes, .named(.end), .character("G")) + keys(.message, .named(.end), .character("G"))
        + keys(.help, .named(.end), .character("G")) + keys(.plots, .named(.end), .character("G"))),
    key(
      .search, "Searches",
      keys(.panes, .character("/")) + keys(.message, .character("/")) + keys(.help, .character("/")),
      hint: "search"),
    key(
      .nextMatch, "Goes to the next place that was found",
      keys(.panes, .character("n")) + keys(.message, .character("]")) + keys(.help, .character("n"))),
    key(
      .previousMatch, "Goes to the place that was found before",
      keys(.panes, .character("N")) + keys(.message, .character("[")) + keys(.help, .character("N"))),
  ]

  private static let console: [Command] = [
    key(
      .toggleFold, "Unfolds what is folded, or folds it again; elsewhere it goes to the prompt",
      keys(.console, .named(.enter)), hint: "unfold"),
    key(.nextFold, "Goes to the next fold", keys(.console, .character("]")), hint: "next fold"),
    key(.previousFold, "Goes to the fold before", keys(.console, .character("["))),
  ]

  private static let traffic: [Command] = [
    key(.openMessage, "Opens the message", keys(.traffic, .named(.enter)), hint: "open"),
    key(.editFilter, "Edits the filter", keys(.traffic, .character("f")), hint: "filter"),
    key(.follow, "Follows the newest message", keys(.traffic, .character("F"))),
    key(.mark, "Marks the message", keys(.traffic, .character("m")) + keys(.message, .character("m"))),
    key(.nextMark, "Goes to the next mark", keys(.traffic, .character("'"))),
    key(
      .copyMessage, "Copies the message to the clipboard",
      keys(.traffic, .character("y")) + keys(.message, .character("y"))),
    key(
      .resend, "Sends the request again, with a new id",
      keys(.traffic, .character("r")) + keys(.message, .character("r"))),
    key(
      .editAndSend, "Opens the message in $EDITOR and sends what comes of it",
      keys(.traffic, .character("e")) + keys(.message, .character("e"))),
    key(.saveTraffic, "Saves the traffic to a file", keys(.traffic, .character("s"))),
    key(.nextMessage, "Goes to the next message", keys(.message, .character("n")), hint: "next"),
    key(.previousMessage, "Goes to the message before", keys(.message, .character("p"))),
    key(
      .nextView, "Shows it laid out, raw, or with its exchange",
      keys(.message, .named(.tab), .character("v")), hint: "view"),
  ]
}

extension CommandTable {
  fileprivate static let images: [Command] = [
    key(.nextImage, "Goes to the next image", keys(.image, .character("n"), .named(.right)), hint: "next"),
    key(
      .previousImage, "Goes to the image before", keys(.image, .character("p"), .named(.left)),
      hint: "previous"),
    key(.saveShownImage, "Saves the image to a file", keys(.image, .character("S")), hint: "save"),
    key(
      .openImage, "Opens the image in the desktop's viewer",
      keys(.image, .character("o")) + keys(.plots, .character("o")), hint: "open"),
  ]
}

/// The help screen, made from the table of commands.
enum HelpPage {
  static func lines(columns: Int) -> [Line] {
    var lines: [Line] = [[Span("Commands, typed at the prompt", .heading)]]
    for command in CommandTable.all {
      guard let usage = command.usage else { continue }
      lines += row(usage, command.help, keys: command.keyNames(), columns: columns)
    }
    lines += keys(in: KeyContext.allCases, columns: columns)
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

  /// The keys of some places, each under its name.
  static func keys(in contexts: [KeyContext], columns: Int) -> [Line] {
    var lines: [Line] = []
    for context in contexts {
      let commands = CommandTable.all.filter { $0.keys.contains { $0.context == context } }
      guard !commands.isEmpty else { continue }
      lines += [[], [Span(context.title, .heading)]]
      for command in commands { lines += row(command.keyNames(in: context), command.help, columns: columns) }
    }
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
