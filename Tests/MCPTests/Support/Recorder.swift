import Synchronization

/// What a callback was called with.
final class Recorder<Value: Sendable>: Sendable {
  private let recorded = Mutex<[Value]>([])

  var values: [Value] { recorded.withLock { $0 } }

  func append(_ value: Value) { recorded.withLock { $0.append(value) } }

  func clear() { recorded.withLock { $0 = [] } }
}
