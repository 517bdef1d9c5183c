import Repl
import Synchronization
import Terminal

/// Where everything that happens meets: filled from any task or thread, emptied by the screen's loop. Keys come
/// first, so that a flood of output never delays them.
final class EventMailbox: Sendable {
  enum Event: Sendable {
    case terminal(KeyInput.Event)
    case app(AppEvent)
    /// A signal that ends the program.
    case terminate
  }

  private struct State {
    var keys: [KeyInput.Event] = []
    var events: [Event] = []
    var waiting: CheckedContinuation<Void, Never>?
    var isWoken = false
    /// Senders that wait for room.
    var crowded: [CheckedContinuation<Void, Never>] = []

    mutating func takeKeys() -> [KeyInput.Event] {
      isWoken = false
      defer { keys = [] }
      return keys
    }

    mutating func takeEvents(_ count: Int) -> [Event] {
      let taken = Array(events.prefix(count))
      events.removeFirst(taken.count)
      return taken
    }

    /// The senders for which there is room now.
    mutating func takeCrowded() -> [CheckedContinuation<Void, Never>] {
      guard events.count <= EventMailbox.limit else { return [] }
      defer { crowded = [] }
      return crowded
    }

    mutating func takeWaiting() -> CheckedContinuation<Void, Never>? {
      defer { waiting = nil }
      return waiting
    }
  }

  /// With more events than this, senders that can wait do.
  private static let limit = 10_000

  private let state = Mutex(State())

  func post(_ event: AppEvent) { post(.app(event)) }

  func post(_ event: Event) {
    let waiting = state.withLock { state in
      if case .terminal(let key) = event { state.keys.append(key) } else { state.events.append(event) }
      return state.takeWaiting()
    }
    waiting?.resume()
  }

  /// Ends a wait without an event, such as to draw what has been put off.
  func wake() {
    let waiting = state.withLock { state in
      state.isWoken = true
      return state.takeWaiting()
    }
    waiting?.resume()
  }

  /// All keys, and at most `count` other events; waits until there is something, or ``wake()``.
  func next(_ count: Int) async -> (keys: [KeyInput.Event], events: [Event]) {
    await withCheckedContinuation { continuation in
      let isReady = state.withLock { state in
        if state.isWoken || !state.keys.isEmpty || !state.events.isEmpty { return true }
        state.waiting = continuation
        return false
      }
      if isReady { continuation.resume() }
    }
    let (keys, events, crowded) = state.withLock { state in
      (state.takeKeys(), state.takeEvents(count), state.takeCrowded())
    }
    for sender in crowded { sender.resume() }
    return (keys, events)
  }

  /// Waits until there is room for more.
  func room() async {
    await withCheckedContinuation { continuation in
      let hasRoom = state.withLock { state in
        if state.events.count <= Self.limit { return true }
        state.crowded.append(continuation)
        return false
      }
      if hasRoom { continuation.resume() }
    }
  }
}
