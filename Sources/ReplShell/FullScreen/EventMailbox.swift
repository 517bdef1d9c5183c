import DequeModule
import Dispatch
import Repl
import Synchronization
import Terminal

/// The meeting place of all events: any task or thread fills it, the screen's loop empties it. Keys come
/// first, so that a flood of output never delays them.
final class EventMailbox: Sendable {
  enum Event: Sendable {
    case terminal(KeyInput.Event)
    case app(AppEvent)
    /// A signal that ends the program.
    case terminate

    /// The event's size, roughly, in bytes of text.
    var cost: Int {
      switch self {
      case .app(.message(_, let bytes, _)): bytes.count
      case .app(.image(_, let bytes, _)): bytes.count
      case .app(.log(_, let text, _)), .app(.childStandardError(let text)): text.utf8.count
      case .terminal, .app, .terminate: 0
      }
    }
  }

  private struct State {
    var keys: [KeyInput.Event] = []
    var events: Deque<Event> = []
    /// The size of all events together.
    var cost = 0
    var isClosed = false
    var waiting: CheckedContinuation<Void, Never>?
    var isWoken = false
    /// Senders that wait for room.
    var crowded: [CheckedContinuation<Void, Never>] = []

    mutating func takeKeys() -> [KeyInput.Event] {
      isWoken = false
      defer { keys = [] }
      return keys
    }

    mutating func append(_ event: Event) {
      if isClosed { return }
      events.append(event)
      cost += event.cost
    }

    /// Takes at least one event, if there is one.
    mutating func takeEvents(_ count: Int) -> [Event] {
      var taken: [Event] = []
      var takenCost = 0
      while taken.count < count, takenCost < EventMailbox.batchCost, let event = events.popFirst() {
        taken.append(event)
        takenCost += event.cost
      }
      cost -= takenCost
      return taken
    }

    var hasRoom: Bool { isClosed || events.count <= EventMailbox.limit && cost <= EventMailbox.costLimit }

    /// Takes the senders for which there is room now.
    mutating func takeCrowded() -> [CheckedContinuation<Void, Never>] {
      guard hasRoom else { return [] }
      defer { crowded = [] }
      return crowded
    }

    mutating func takeWaiting() -> CheckedContinuation<Void, Never>? {
      defer { waiting = nil }
      return waiting
    }
  }

  /// The number of events above which those senders wait that can.
  private static let limit = 10_000
  private static let costLimit = 4 << 20
  /// The size of the events that are handled before the next key.
  private static let batchCost = 32 << 10

  /// The lock guards the events from the tasks and threads that post them and the loop that takes them.
  private let state = Mutex(State())

  func post(_ event: AppEvent) { post(.app(event)) }

  func post(_ event: Event) {
    let waiting = state.withLock { state in
      if case .terminal(let key) = event { state.keys.append(key) } else { state.append(event) }
      return state.takeWaiting()
    }
    waiting?.resume()
  }

  /// Ends a wait without an event, for instance to draw a frame that was put off.
  func wake() {
    let waiting = state.withLock { state in
      state.isWoken = true
      return state.takeWaiting()
    }
    waiting?.resume()
  }

  /// Takes all keys, and at most `count` other events, fewer of long ones. It waits for an event or for
  /// ``wake()``.
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

  /// Ends the mailbox: nobody takes events any more, so no sender waits from now on.
  func close() {
    let crowded = state.withLock { state in
      state.isClosed = true
      state.events = []
      return state.takeCrowded()
    }
    for sender in crowded { sender.resume() }
  }

  /// Waits until there is room for more.
  func room() async {
    await withCheckedContinuation { continuation in
      let hasRoom = state.withLock { state in
        if state.hasRoom { return true }
        state.crowded.append(continuation)
        return false
      }
      if hasRoom { continuation.resume() }
    }
  }

  /// Blocks the thread until there is room for more. Swift's own tasks must not call it.
  func waitForRoom() {
    let semaphore = DispatchSemaphore(value: 0)
    Task {
      await room()
      semaphore.signal()
    }
    semaphore.wait()
  }
}

extension ServerListener {
  /// Posts all that the server says, for the full screen.
  init(postingTo mailbox: EventMailbox, asking questions: Questions) {
    self.init(
      onLog: { mailbox.post($0.event) },
      onImage: { mailbox.post($0.event) },
      onElicit: { await questions.ask($0) },
      onMessage: { mailbox.post(.message($0, $1, $2)) },
      onHTTP: { mailbox.post(.http($0, $1)) },
      onStandardError: { bytes in
        mailbox.waitForRoom()
        mailbox.post(.childStandardError(String(decoding: bytes, as: UTF8.self)))
      },
      room: { await mailbox.room() })
  }
}
