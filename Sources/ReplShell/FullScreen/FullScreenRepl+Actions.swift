import MCP
import Repl
import RunPythonTool
import SystemPackage
import SystemSupport
import Terminal
import TerminalText

extension FullScreenRepl {
  func perform(_ action: AppAction) async {
    switch action {
    case .edit(let command): await handle(.editor(await edit(command)))
    case .run(let run): start(run)
    case .cancelRun: running?.cancel()
    case .restartInterpreter: restart()
    case .answerInput(let id, let text): questions.answer(id, text)
    case .copy(let text):
      if !screen.copyToClipboard(text) {
        await handle(.answer(Answer(.error, "That is too long for the clipboard.")))
      }
    case .openEditor(let text): await handle(.edited(await editExternally(text)))
    case .redraw: screen.redraw()
    case .suspend: screen.suspend()
    case .quit: isLeaving = true
    case .leave(let status, let message):
      (self.status, parting) = (.exit(status), message)
      isLeaving = true
    case .load(let path): await load(path)
    case .save(let path, let text): await save(path, text)
    case .image(let command): perform(command)
    case .trace(let path): await trace(path)
    case .session(let request): ask(request)
    case .showHistory(let text): await showHistory(text)
    case .resetVariables, .complete, .inspect, .showVariables, .showDependencies, .listTools, .ping,
      .callTool,
      .send:
      ask(action)
    }
  }

  private func edit(_ command: EditorCommand) async -> EditorState {
    let state =
      switch command {
      case .press(let key): await editor.press(key)
      case .insert(let text): await editor.insert(text)
      case .replace(let text, let cursor): await editor.replace(text: text, cursor: cursor)
      case .accept: await editor.accept()
      case .clear: await editor.clear()
      }
    if let block = state.accepted { await remember(block) }
    return state
  }

  private func remember(_ block: String) async {
    do {
      try history.append(block)
    } catch {
      await handle(.answer(Answer(.error, "\(error)")))
    }
  }

  private func start(_ run: Run) {
    let before = running
    running = Task { [link, mailbox, session = app.session] in
      await before?.value
      let outcome =
        await link?.run(run, in: session)
        ?? RunOutcome(.failure("There is no server."), duration: .zero)
      mailbox.post(.runFinished(run.number, outcome))
    }
  }

  private func restart() {
    running?.cancel()
    Task { [link] in await link?.restart() }
  }

  /// Asks the server beside the loop; the answer goes to the console.
  private func ask(_ action: AppAction) {
    Task { [link, mailbox, session = app.session] in
      guard let link else { return mailbox.post(.answer(Answer(.error, "There is no server."))) }
      do {
        if let event = try await link.event(for: action, in: session) { mailbox.post(event) }
      } catch {
        mailbox.post(.answer(Answer(.error, (error as? RPCError)?.message ?? "\(error)")))
      }
    }
  }

  private func ask(_ request: SessionRequest) {
    Task { [link, mailbox, session = app.session] in
      do {
        guard let calls = try await link?.connectedCalls() else { return }
        mailbox.post(.sessionAnswered(try await calls.ask(request, in: session)))
      } catch {
        mailbox.post(.sessionRefused("\(error)"))
      }
    }
  }

  private func load(_ path: String) async {
    do {
      let text = try PythonSource.text(of: try WholeFile.bytes(of: expandingHome(path)))
      await handle(.loaded(path: path, text: text))
    } catch let error as PythonSource.Failure {
      await handle(.answer(Answer(.error, "\(path): \(error)")))
    } catch {
      await handle(.answer(Answer(.error, "\(error)")))
    }
  }

  private func save(_ path: String, _ text: String) async {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: expandingHome(path)), options: .atomic)
      await handle(.answer(Answer(.notice, "Saved to \(path).")))
    } catch {
      await handle(.answer(Answer(.error, "The file \(path) cannot be written.")))
    }
  }

  /// Saves or opens an image beside the loop, because a viewer takes its time.
  private func perform(_ command: ImageCommand) {
    Task { [mailbox] in
      do {
        mailbox.post(.answer(Answer(.notice, try await ImageFiles.perform(command))))
      } catch {
        mailbox.post(.answer(Answer(.error, "\(error)")))
      }
    }
  }

  private func trace(_ path: String?) async {
    guard let link else { return }
    do {
      link.trace.set(try path.map { try TraceFile(path: FilePath(expandingHome($0))) })
      await handle(
        .answer(Answer(.notice, path.map { "Every message goes to \($0)." } ?? "No trace is written.")))
    } catch {
      await handle(.answer(Answer(.error, "\(error)")))
    }
  }

  private func showHistory(_ text: String) async {
    // The command itself is left out.
    let blocks = history.entries.filter { !$0.hasPrefix(":history") && (text.isEmpty || $0.contains(text)) }
      .suffix(100)
    let answer =
      blocks.isEmpty
      ? Answer(.notice, "No block holds that.") : Answer(.python, blocks.joined(separator: "\n"))
    await handle(.answer(answer))
  }
}

extension ServerLink {
  /// Does the part of an action that needs the server; the event is for the model.
  ///
  /// - Parameter fork: the fork that it is about; nil for the first session.
  func event(for action: AppAction, in fork: String?) async throws -> AppEvent? {
    switch action {
    case .complete(let request): return .completions(try await completions(for: request, in: fork))
    case .inspect(let name, let withSource):
      return .answer(
        Answer(.notice, try await output(of: PythonSnippets.inspect(name, withSource: withSource), in: fork)))
    case .showVariables:
      return .answer(Answer(.notice, try await output(of: PythonSnippets.showVariables, in: fork)))
    case .showDependencies:
      return .answer(Answer(.notice, try await output(of: PythonSnippets.showDependencies, in: fork)))
    case .resetVariables:
      return .variablesReset(try await resetVariables(in: fork))
    case .listTools:
      let client = try connectedClient()
      let tools = try await client.tools().map { $0.json(for: client.revision) }
      return .answer(Answer(.json, JSON.array(tools).text))
    case .ping:
      let start = ContinuousClock.now
      try await connectedClient().ping()
      let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
      return .answer(Answer(.notice, "The server answered after \((milliseconds * 10).rounded() / 10) ms."))
    case .callTool(let name, let arguments):
      let client = try connectedClient()
      let result = try await client.callTool(name, arguments: arguments)
      for image in result.content.compactMap({ ShownImage($0) }) { post(image) }
      return .answer(Answer(.json, result.json(for: client.revision).text))
    case .send(let text):
      try await send(text)
      return nil
    case .edit, .run, .cancelRun, .restartInterpreter, .answerInput, .showHistory, .session, .load, .save,
      .image, .trace, .copy, .openEditor, .redraw, .suspend, .quit, .leave:
      return nil
    }
  }

  /// Completes a line's beginning on the server. The list says which part of the buffer its items replace.
  private func completions(for request: CompletionRequest, in fork: String?) async throws -> CompletionList {
    let before = String(String.UnicodeScalarView(request.text.unicodeScalars.prefix(request.cursor)))
    let lineStart = before.lastIndex(of: "\n").map(before.index(after:)) ?? before.startIndex
    let line = String(before[lineStart...])
    let start = request.cursor - line.unicodeScalars.count
    let items = try await connectedCalls().complete(line, in: fork)
    // Items are whole beginnings of the line; their common part before the word stays.
    let word = line.unicodeScalars.reversed().prefix { $0 == "_" || $0.properties.isXIDContinue }.count
    let kept = line.unicodeScalars.count - word
    return CompletionList(
      request: request, range: (start + kept)..<request.cursor,
      items: items.map { String(String.UnicodeScalarView($0.unicodeScalars.dropFirst(kept))) })
  }
}
