public import Logging
internal import MCP
public import PythonSandbox
internal import RunPythonTool
internal import Synchronization

/// Tells the client about a call that takes longer than a second: installed packages as log messages, the
/// seconds that have passed and the step of the installation as progress.
///
/// The lock guards the state from the call and from the events, which both change it.
final class ProgressTicker: Sendable {
  private struct State {
    var step: String?
    var codeHasBegun = false
  }

  private let context: CallContext
  private let state = Mutex(State())

  init(context: CallContext) { self.context = context }

  /// Works until `events` ends.
  func run(_ events: AsyncStream<PreparationEvent>) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.tick() }
      for await event in events {
        if event.level == .info { state.withLock { $0.step = event.text } }
        await context.log(
          event.level == .error ? .error : .debug, logger: ToolLogger.install.rawValue,
          data: .string(event.text))
      }
      group.cancelAll()
    }
  }

  /// Ends the installation. Events may still be on their way.
  func codeBegins() { state.withLock { $0.codeHasBegun = true } }

  private func tick() async {
    var seconds = 0
    while (try? await Task.sleep(for: .seconds(1))) != nil {
      seconds += 1
      let step = state.withLock { $0.codeHasBegun ? nil : $0.step } ?? "running"
      await context.progress(Progress(progress: Double(seconds), message: "\(step) for \(seconds) s"))
    }
  }
}

extension Logger {
  /// Logs an event of the preparation of a runtime or an image, at the event's own level.
  public func log(_ event: PreparationEvent) {
    switch event.level {
    case .debug: debug("\(event.text)")
    case .info: info("\(event.text)")
    case .error: error("\(event.text)")
    }
  }
}
