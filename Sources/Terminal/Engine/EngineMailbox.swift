import Repl
import Synchronization

/// The requests to the editor's thread, in order.
final class EngineMailbox: Sendable {
  enum Order: Sendable {
    case press(Key)
    case insert(String)
    case replace(String, cursor: Int)
    case accept
    case clear
  }

  struct Request: Sendable {
    var order: Order
    var continuation: CheckedContinuation<EditorState, Never>
  }

  private struct State {
    var waiting: [Request] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let pipe: WakePipe

  init() throws {
    pipe = try WakePipe()
  }

  nonisolated(nonsending) func submit(_ order: Order) async -> EditorState {
    await withCheckedContinuation { continuation in
      let isClosed = state.withLock { state in
        if !state.isClosed { state.waiting.append(Request(order: order, continuation: continuation)) }
        return state.isClosed
      }
      if isClosed { continuation.resume(returning: EditorState()) } else { pipe.wake() }
    }
  }

  /// Closes the mailbox; later requests get an empty state.
  func close() {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for request in waiting { request.continuation.resume(returning: EditorState()) }
    pipe.wake()
  }

  /// Waits for the next request; `nil` when the mailbox is closed.
  func next() -> Request? {
    while true {
      let (request, isClosed) = state.withLock { state -> (Request?, Bool) in
        (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isClosed)
      }
      if let request { return request }
      if isClosed { return nil }
      pipe.wait()
      _ = pipe.drain()
    }
  }
}
