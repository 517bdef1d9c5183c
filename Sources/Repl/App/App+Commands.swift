internal import TerminalText
internal import Traffic

extension App {
  /// Does a command: one that a key or the palette chose, or a typed one with its argument. This one switch has
  /// them all, so that the compiler finds a command that nobody does.
  mutating func perform(_ id: Command.ID, argument: String = "", in context: KeyContext) -> [AppAction] {
    switch id {
    case .accept: return pressEnter()
    case .addLine: return addLine()
    case .complete: return complete()
    case .dedent: return dedent()
    case .interrupt: return interrupt()
    case .endOfInput: return endInput()
    case .searchHistory: return [.edit(.press(.control("r")))]
    case .dropSearch: return [.edit(.press(.control("g")))]
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]

    case .yes: return answerQuestion(true)
    case .no: return answerQuestion(false)
    case .choose, .nextChoice, .previousChoice, .dismiss, .eraseCharacter: return choose(id, in: context)
    case .palette: palette = Palette()

    case .toggleFocus: if focus == .prompt { open(activePane) } else { focusPrompt() }
    case .focusPrompt: focusPrompt()
    case .nextPane: openNextPane()
    case .zoom: zoomed = zoomed == nil ? activePane : nil
    case .showConsole: show(.console)
    case .showStdout: show(.standardOutput)
    case .showStderr: show(.standardError)
    case .showServer: show(.server)
    case .showTraffic: show(.traffic)
    case .openConsole: open(.console)
    case .openStdout: open(.standardOutput)
    case .openStderr: open(.standardError)
    case .openServer: open(.server)
    case .openTraffic: open(.traffic)
    case .pageUp: scroll(by: -max(1, scrollSize.rows - 1))
    case .pageDown: scroll(by: max(1, scrollSize.rows - 1))
    case .lineUp: scroll(by: -1)
    case .lineDown: scroll(by: 1)
    case .toStart: scrollToStart()
    case .toEnd: scrollToEnd()
    case .search: search = SearchInput()
    case .nextMatch: findNext(forwards: true)
    case .previousMatch: findNext(forwards: false)

    case .openMessage: openMessage(.pretty)
    case .editFilter: return beginCommand(.filter, argument: traffic.list.filter.source)
    case .follow: traffic.follow()
    case .mark: traffic.toggleMark()
    case .nextMark: selectNextMark()
    case .copyMessage: return traffic.current.map { copied($0.text) } ?? []
    case .resend: return resend()
    case .editAndSend: return edit()
    case .saveTraffic: return beginCommand(.save, argument: "traffic.jsonl")
    case .nextMessage: step(by: 1)
    case .previousMessage: step(by: -1)
    case .nextView: openNextFace()

    case .help: help = HelpView()
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
    }
    return []
  }

  private mutating func choose(_ id: Command.ID, in context: KeyContext) -> [AppAction] {
    switch (id, context) {
    case (.choose, .completions): return takeChoice()
    case (.nextChoice, .completions):
      if prompt.completions?.shown.count == 1 { return takeChoice() }
      prompt.completions?.move(by: 1)
    case (.previousChoice, .completions): prompt.completions?.move(by: -1)
    case (.dismiss, .completions): prompt.completions = nil
    case (.choose, .palette): return takeFromPalette()
    case (.nextChoice, .palette): palette?.move(by: 1)
    case (.previousChoice, .palette): palette?.move(by: -1)
    case (.eraseCharacter, .palette): palette?.erase()
    case (.dismiss, .palette): palette = nil
    case (.choose, .search): endSearch()
    case (.eraseCharacter, .search):
      if search?.text.isEmpty == true { search = nil } else { search?.text.removeLast() }
    case (.dismiss, .search): search = nil
    case (.dismiss, .help): help = nil
    case (.dismiss, .message): message = nil
    default: break
    }
    return []
  }

  /// Does the palette's command at once; one that wants an argument is put at the prompt instead.
  private mutating func takeFromPalette() -> [AppAction] {
    guard let command = palette?.choice else { return [] }
    palette = nil
    guard command.isTyped, command.argument != .none else {
      return perform(command.id, in: .anywhere)
    }
    return beginCommand(command.id)
  }

  /// Puts a command's name at the prompt. Text that stands there must be done with first.
  mutating func beginCommand(_ id: Command.ID, argument: String = "") -> [AppAction] {
    guard prompt.isEmpty, prompt.question == nil else {
      say("The prompt is in use; empty it first.", .warning)
      return []
    }
    focus = .prompt
    message = nil
    let text = ":\(id.rawValue) \(argument)"
    return [.edit(.replace(text: text, cursor: text.unicodeScalars.count))]
  }

  /// Does a command line from the prompt.
  mutating func perform(typed text: String) -> [AppAction] {
    console.typed(command: text)
    do {
      let line = try CommandLine(parsing: text)
      return perform(line.id, argument: line.argument, in: .prompt)
    } catch {
      console.say(error.message, .errorText)
      return []
    }
  }
}
