internal import MCP
internal import SystemSupport
internal import TerminalText
internal import Traffic

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
    case .tour: layers.open(Tour())
    case .placeHelp: layers.open(HelpView(contexts: contexts))
    case .commandLine: return openCommandLine()
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
    case .plots: if let view = PlotsView(in: &self) { layers.open(view) }
    case .enlarge: enlarge(argument)
    case .checkpoint, .rewind, .fork, .session, .checkpoints:
      return doSessionCommand(CommandLine(id: id, argument: argument))

    // The layers do these: the prompt,
    case .accept, .addLine, .complete, .dedent, .endOfInput, .searchHistory, .dropSearch,
      // the layers in which something is chosen,
      .tourOn, .endTour, .choose, .nextChoice, .previousChoice, .dismiss, .eraseCharacter, .yes, .no,
      // an opened message,
      .nextMessage, .previousMessage, .nextView,
      // and the panes.
      .toggleFocus, .focusPrompt, .nextPane, .zoom, .showConsole, .showStdout, .showStderr, .showServer,
      .showTraffic, .openConsole, .openStdout, .openStderr, .openServer, .openTraffic, .pageUp, .pageDown,
      .lineUp, .lineDown, .toStart, .toEnd, .nextMatch, .previousMatch, .toggleFold, .nextFold, .previousFold,
      .openMessage, .editFilter, .follow,
      .mark, .nextMark, .copyMessage, .resend, .editAndSend, .saveTraffic,
      // An enlarged image does these.
      .nextImage, .previousImage, .openImage, .saveShownImage:
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

  /// Opens the command line at the prompt, from wherever the keys go. What stands there is put aside meanwhile.
  mutating func openCommandLine() -> [AppAction] {
    guard prompt.question == nil else {
      say("The program waits for an answer at the prompt.", .warning)
      return []
    }
    layers.close(HelpView.self)
    prompt.beginAside(from: focus)
    focus = .prompt
    return [.edit(.replace(text: ":", cursor: 1))]
  }

  /// Goes back to where the command line was opened from, unless the command has led elsewhere.
  mutating func endCommandLine() -> [AppAction] {
    guard let (origin, actions) = prompt.endAside() else { return [] }
    if focus == .prompt, prompt.question == nil { focus = origin }
    return actions
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

extension App {
  mutating func refuse(_ sentence: String) -> [AppAction] {
    console.say(sentence, .errorText)
    return []
  }

  mutating func perform(
    _ command: (ImageGallery) throws(CommandError) -> ImageCommand
  ) -> [AppAction] {
    do {
      return [.image(try command(images))]
    } catch {
      return refuse(error.message)
    }
  }

  mutating func save(to path: String) -> [AppAction] {
    let text =
      if path.hasSuffix(".py") {
        console.blocks.filter { $0.absence == nil }.map { $0.code + "\n" }.joined()
      } else if path.hasSuffix(".jsonl") {
        String(decoding: traffic.log.trace, as: UTF8.self)
      } else {
        console.plainText
      }
    return [.save(path: path, text: text)]
  }

  /// The pane of that name.
  private func pane(named name: String) -> Pane? {
    Pane.allCases.first { $0.rawValue == name.lowercased() }
  }

  private mutating func refusePane(_ name: String) {
    let names = Pane.allCases.map(\.rawValue).joined(separator: ", ")
    console.say("There is no pane \"\(name)\"; there are \(names).", .errorText)
  }

  /// The word that `:clear` takes for every pane.
  static let allPanes = "all"

  mutating func clear(_ name: String) {
    if name == Self.allPanes { return Pane.allCases.forEach { empty($0) } }
    guard let pane = name.isEmpty ? .console : pane(named: name) else { return refusePane(name) }
    empty(pane)
  }

  private mutating func empty(_ pane: Pane) {
    switch pane {
    case .console: console.removeAll()
    case .traffic: traffic.removeAll()
    case .standardOutput, .standardError, .server: streams[pane]?.removeAll()
    }
    views[pane] = TextView()
    if pane == .console { consoleCursor = nil }
  }

  mutating func arrange(as name: String) {
    if name.isEmpty {
      let modes = LayoutMode.allCases
      let index = modes.firstIndex(of: layoutMode) ?? 0
      layoutMode = modes[(index + 1) % modes.count]
    } else if let mode = LayoutMode(rawValue: name) {
      layoutMode = mode
    } else {
      let names = LayoutMode.allCases.map(\.rawValue).joined(separator: ", ")
      console.say("There is no layout \"\(name)\"; there are \(names).", .errorText)
      return
    }
    zoomed = nil
    say("Layout: \(layoutMode.rawValue)")
  }

  mutating func setFilter(_ text: String) {
    do {
      traffic.apply(try Filter(text))
      show(.traffic)
      say(
        text.isEmpty
          ? "All messages are shown." : "\(traffic.list.count) of \(traffic.log.count) messages match.")
    } catch {
      console.say("\(error)", .errorText)
    }
  }

  mutating func trace(to path: String) -> [AppAction] {
    if path.isEmpty, tracePath == nil { return refuse("No trace is being written; :trace FILE begins one.") }
    tracePath = path.isEmpty ? nil : path
    return [.trace(path: tracePath)]
  }

  /// Sends one message unchecked. Only its line ends matter, because one message is one line.
  mutating func send(_ text: String) -> [AppAction] {
    if case .replaying = server { return refuse("This is a saved session; there is no server.") }
    guard text.contains(where: \.isNewline) else { return text.isEmpty ? [] : [.send(text)] }
    do {
      return [.send(try JSON(parsing: text.utf8).text)]
    } catch {
      return refuse("A message of several lines must be JSON to be sent as one: \(error)")
    }
  }

  mutating func call(_ argument: String) -> [AppAction] {
    let name = argument.prefix { !$0.isWhitespace }
    let rest = argument[name.endIndex...]
    if rest.allSatisfy(\.isWhitespace) { return [.callTool(name: String(name), arguments: [:])] }
    do {
      guard case .object(let arguments) = try JSON(parsing: rest.utf8) else {
        return refuse("The arguments must be a JSON object, such as {\"name\": 1}.")
      }
      return [.callTool(name: String(name), arguments: arguments)]
    } catch {
      return refuse("The arguments are not JSON: \(error)")
    }
  }

  mutating func copy(_ what: String) -> [AppAction] {
    if what.isEmpty || what == "value" {
      guard let lastValue else { return refuse("There is no value yet; :copy PANE copies a pane's text.") }
      return copied(lastValue)
    }
    switch pane(named: what) {
    case .traffic?: return copied(String(decoding: traffic.log.trace, as: UTF8.self))
    case let pane?: return copied(ring(of: pane)?.plainText ?? "")
    case nil:
      refusePane(what)
      return []
    }
  }

  mutating func copied(_ text: String) -> [AppAction] {
    say("Copied \(Numbers.bytes(text.utf8.count)).")
    return [.copy(text)]
  }
}
