import Synchronization

/// The arguments of a callback's calls.
final class Recorder<Value: Sendable>: Sendable {
  private let recorded = Mutex<[Value]>([])

  var values: [Value] { recorded.withLock { $0 } }

  func append(_ value: Value) { recorded.withLock { $0.append(value) } }

  func clear() { recorded.withLock { $0 = [] } }
}
