import Synchronization

/// Gathers what concurrent work reports, in order.
final class Recorder<Value: Sendable>: Sendable {
  private let gathered = Mutex<[Value]>([])

  func append(_ value: Value) {
    gathered.withLock { $0.append(value) }
  }

  var values: [Value] { gathered.withLock(\.self) }
}
