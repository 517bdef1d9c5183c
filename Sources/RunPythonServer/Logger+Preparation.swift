public import Logging
public import PythonSandbox

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
