extension App {
  /// Does a command that was chosen by its key or from the palette.
  mutating func perform(_ id: Command.ID, in context: KeyContext) -> [AppAction] {
    switch id {
    case .accept: return pressEnter()
    case .addLine: return addLine()
    case .complete: return complete()
    case .dedent: return dedent()
    case .interrupt: return interrupt()
    case .endOfInput: return endInput()
    case .searchHistory:
      return [.edit(.press(.control("r")))]
    case .dropSearch: return [.edit(.press(.control("g")))]
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    case .choose, .nextChoice, .previousChoice, .dismiss, .eraseCharacter, .yes, .no:
      return choose(id, in: context)
    case .palette: palette = Palette()
    case .openMessage, .editFilter, .follow, .mark, .nextMark, .copyMessage, .resend, .editAndSend,
      .saveTraffic,
      .nextMessage, .previousMessage, .nextView:
      return performInTraffic(id)
    case .toggleFocus, .focusPrompt, .nextPane, .zoom, .showConsole, .showStdout, .showStderr, .showServer,
      .showTraffic, .openConsole, .openStdout, .openStderr, .openServer, .openTraffic, .pageUp, .pageDown,
      .lineUp,
      .lineDown, .toStart, .toEnd, .search, .nextMatch, .previousMatch:
      performInPanes(id)
    case .help, .quit, .reset, .restart, .deps, .vars, .time, .run, .save, .history, .clear, .layout, .filter,
      .trace,
      .send, .tools, .call, .ping, .cancel, .copy, .open, .saveImage, .checkpoint, .rewind, .fork, .session,
      .checkpoints:
      return perform(CommandLine(id: id, argument: ""))
    }
    return []
  }

  private mutating func choose(_ id: Command.ID, in context: KeyContext) -> [AppAction] {
    switch (id, context) {
    case (.yes, _): return answerQuestion(true)
    case (.no, _): return answerQuestion(false)
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
      return perform(try CommandLine(parsing: text))
    } catch {
      console.say(error.message, .errorText)
      return []
    }
  }
}
