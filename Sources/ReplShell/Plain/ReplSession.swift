import MCP
import Repl
import RunPythonTool
import UnixSignals

/// Sends blocks of code to the server, and shows the results.
struct ReplSession: Sendable {
  let connection: ServerConnection
  let console: ReplConsole
  let sessions: PlainSessions

  /// Runs a program, which Ctrl-C ends together with the REPL.
  func runOnce(_ program: Program) async -> ReplStatus {
    await runUnlessInterrupted(
      program.code, argv: program.argv, isInteractive: false, isUndoable: false)
  }

  /// Runs a block. Ctrl-C interrupts it, and the session lives on.
  ///
  /// - Parameters:
  ///   - argv: the file that the code comes from, or `-c`, and its arguments.
  ///   - isInteractive: true when the values of all its expressions are shown, and not only the last one's.
  ///   - isUndoable: true when it can be undone even if another block follows at once.
  func runUnlessInterrupted(
    _ code: String, argv: [String] = [], isInteractive: Bool = true, isUndoable: Bool = true
  ) async -> ReplStatus {
    let signals = await UnixSignalsSequence(trapping: .sigint)
    return await withTaskGroup(of: ReplStatus?.self) { group in
      group.addTask { await run(code, argv, isInteractive: isInteractive, isUndoable: isUndoable) }
      group.addTask {
        for await _ in signals { return .interrupted }
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      if case .interrupted? = first {
        await group.waitForAll()
        console.showError("KeyboardInterrupt")
      }
      return first ?? .failure
    }
  }

  /// Does a command such as `:open`.
  func perform(_ line: String) async -> ReplStatus {
    do {
      switch try PlainCommand(parsing: line, images: console.images) {
      case .help(let text): console.showValue(text)
      case .image(let command): console.showNote(try await ImageFiles.perform(command))
      case .session(let command):
        // Ctrl-C is held back: it would leave open on which side of the change the session is.
        let signals = await UnixSignalsSequence(trapping: .sigint)
        defer { withExtendedLifetime(signals) {} }
        console.showNote(try await sessions.perform(command))
      }
      return .success
    } catch {
      console.showError((error as? CommandError)?.message ?? "\(error)")
      return .failure
    }
  }

  private func run(
    _ code: String, _ argv: [String], isInteractive: Bool, isUndoable: Bool
  ) async -> ReplStatus {
    console.beginRun()
    defer { console.endRun() }
    do {
      let answer = try await connection.run(
        console.run(code, isInteractive: isInteractive), in: await sessions.handle, argv: argv,
        isUndoable: isUndoable)
      await sessions.ended(code, at: answer.place)
      let status = show(answer)
      return console.isLost ? .outputLost : status
    } catch is CancellationError {
      await sessions.ended(code, at: nil)
      return .interrupted
    } catch let error as ClientError {
      console.showError("mcp-run-python: \(error)")
      return .serverGone
    } catch {
      console.showError("mcp-run-python: \(error)")
      return .failure
    }
  }

  private func show(_ answer: RunAnswer) -> ReplStatus {
    switch RunOutcome.Ending(answer) {
    case .value(let value):
      if let value { console.showValue(value) }
      return .success
    case .failure(let text):
      // An excepthook in the user's code has already told the error.
      if !text.isEmpty { console.showError(text) }
      return .failure
    case .exit(let status, let message):
      if let message { console.showError(message) }
      return .exit(status)
    case .cancelled: return .interrupted
    }
  }
}
