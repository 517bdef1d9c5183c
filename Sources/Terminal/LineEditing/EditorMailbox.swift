import Synchronization
import SystemPackage

/// The messages between the tasks that want lines and the editor's thread.
///
/// A byte in its pipe wakes the thread wherever it waits: for a request or for a key.
final class EditorMailbox: Sendable {
  struct Request: Sendable {
    var id: UInt64
    var prompt: String
    var initialText: String
    /// True when the line must not be shown while it is typed.
    var isHidden = false
    var continuation: CheckedContinuation<LineResult, any Error>
  }

  private struct State {
    var waiting: [Request] = []
    var active: UInt64?
    var nextID: UInt64 = 0
    var cancelled: Set<UInt64> = []
    var isClosed = false
  }

  /// The lock guards the requests from the tasks that submit and cancel them and the thread that takes them.
  private let state = Mutex(State())
  private let pipe: WakePipe

  init() throws {
    pipe = try WakePipe()
  }

  /// The descriptor that becomes readable when there is news.
  var wakeReader: FileDescriptor { pipe.readEnd }

  // MARK: The tasks' side

  func makeID() -> UInt64 {
    state.withLock {
      $0.nextID += 1
      return $0.nextID
    }
  }

  func submit(_ request: Request) {
    let isCancelled = state.withLock { state in
      if state.cancelled.remove(request.id) != nil { return true }
      state.waiting.append(request)
      return false
    }
    if isCancelled {
      request.continuation.resume(throwing: CancellationError())
    } else {
      wake()
    }
  }

  /// Ends a request, even one that comes later.
  func cancel(_ id: UInt64) {
    let waiting = state.withLock { state -> Request? in
      if let index = state.waiting.firstIndex(where: { $0.id == id }) {
        return state.waiting.remove(at: index)
      }
      state.cancelled.insert(id)
      return nil
    }
    if let waiting {
      waiting.continuation.resume(throwing: CancellationError())
    } else {
      wake()
    }
  }

  func close() {
    state.withLock { $0.isClosed = true }
    wake()
  }

  private func wake() { pipe.wake() }

  // MARK: The thread's side

  /// Waits for the next request; `nil` when the mailbox is closed.
  func next() -> Request? {
    while true {
      let (request, isClosed) = state.withLock { state -> (Request?, Bool) in
        guard !state.waiting.isEmpty else { return (nil, state.isClosed) }
        let request = state.waiting.removeFirst()
        state.active = request.id
        return (request, false)
      }
      if isClosed { return nil }
      if let request { return request }
      drain()
    }
  }

  /// Forgets a request that was answered.
  func finish(_ request: Request) {
    state.withLock {
      $0.active = nil
      $0.cancelled.remove(request.id)
    }
  }

  var isActiveCancelled: Bool {
    state.withLock { state in state.active.map { state.cancelled.contains($0) } ?? false }
  }

  /// Waits for news and takes the bytes that announced it.
  func drain() {
    pipe.wait()
    _ = pipe.drain()
  }
}
