public import Logging
internal import MCP
public import PythonSandbox
internal import RunPythonTool

/// Tells the client about a call that takes longer than a second: installed packages as log messages, the
/// seconds that have passed as progress.
struct ProgressTicker {
  let context: CallContext

  /// Works until `events` ends.
  func run(_ events: AsyncStream<PreparationEvent>) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await tick() }
      for await event in events {
        await context.log(
          event.level == .error ? .error : .debug, logger: ToolLogger.install.rawValue,
          data: .string(event.text))
      }
      group.cancelAll()
    }
  }

  private func tick() async {
    var seconds = 0
    while (try? await Task.sleep(for: .seconds(1))) != nil {
      seconds += 1
      await context.progress(Progress(progress: Double(seconds), message: "running for \(seconds) s"))
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
