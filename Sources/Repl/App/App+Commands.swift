internal import TerminalText

extension App {
  /// Does a command that no layer took. This one switch has them all, so that the compiler finds a command that
  /// nobody does.
  mutating func performAnywhere(_ id: Command.ID, _ argument: String) -> [AppAction] {
    switch id {
    case .interrupt: return interrupt()
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    case .palette: layers.open(Palette())
    case .search: layers.open(SearchInput())
    case .help: layers.open(HelpView())
    case .quit: return [.quit]
    case .reset: return [.resetVariables]
    case .restart: return restart()
    case .deps: return [.showDependencies]
    case .vars: return [.showVariables]
    case .time: return start(argument, isTimed: true)
    case .run: return [.load(path: argument)]
    case .save: return save(to: argument)
    case .history: return [.showHistory(matching: argument)]
    case .clear: clear(argument)
    case .layout: arrange(as: argument)
    case .filter: setFilter(argument)
    case .trace: return trace(to: argument)
    case .send: return send(argument)
    case .tools: return [.listTools]
    case .call: return call(argument)
    case .ping: return [.ping]
    case .cancel: return cancel()
    case .copy: return copy(argument)
    case .saveImage: return perform { images throws(CommandError) in try .save(argument, from: images) }
    case .open: return perform { images throws(CommandError) in try .open(argument, from: images) }
    case .checkpoint, .rewind, .fork, .session, .checkpoints:
      return travel(CommandLine(id: id, argument: argument))

    // The layers do these: the prompt,
    case .accept, .addLine, .complete, .dedent, .endOfInput, .searchHistory, .dropSearch,
      // the layers in which something is chosen,
      .choose, .nextChoice, .previousChoice, .dismiss, .eraseCharacter, .yes, .no,
      // an opened message,
      .nextMessage, .previousMessage, .nextView,
      // and the panes.
      .toggleFocus, .focusPrompt, .nextPane, .zoom, .showConsole, .showStdout, .showStderr, .showServer,
      .showTraffic, .openConsole, .openStdout, .openStderr, .openServer, .openTraffic, .pageUp, .pageDown,
      .lineUp, .lineDown, .toStart, .toEnd, .nextMatch, .previousMatch, .openMessage, .editFilter, .follow,
      .mark, .nextMark, .copyMessage, .resend, .editAndSend, .saveTraffic:
      break
    }
    return []
  }

  /// Puts a command's name at the prompt. Text that stands there must be done with first.
  mutating func beginCommand(_ id: Command.ID, argument: String = "") -> [AppAction] {
    guard prompt.isEmpty, prompt.question == nil else {
      say("The prompt is in use; empty it first.", .warning)
      return []
    }
    focus = .prompt
    layers.close(MessageView.self)
    let text = ":\(id.rawValue) \(argument)"
    return [.edit(.replace(text: text, cursor: text.unicodeScalars.count))]
  }

  /// Does a command line from the prompt.
  mutating func perform(typed text: String) -> [AppAction] {
    console.typed(command: text)
    do {
      let line = try CommandLine(parsing: text)
      return perform(line.id, argument: line.argument)
    } catch {
      console.say(error.message, .errorText)
      return []
    }
  }
}
