public import Logging
public import PythonSandbox

extension Logger {
  /// Logs what is told while a runtime or an image is made, at its own level.
  public func log(_ event: PreparationEvent) {
    switch event.level {
    case .debug: debug("\(event.text)")
    case .info: info("\(event.text)")
    case .error: error("\(event.text)")
    }
  }
}
