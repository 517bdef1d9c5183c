import Synchronization
import SystemPackage
import SystemSupport

/// The orders to an editor's thread, from the tasks that want something of it.
///
/// A byte in its pipe wakes the thread wherever it waits: for an order or for a key.
final class EditorMailbox<Order: Sendable>: Sendable {
  struct Entry: Sendable {
    let id: UInt64
    let order: Order
  }

  private struct State {
    var waiting: [Entry] = []
    var active: UInt64?
    var lastID: UInt64 = 0
    var cancelled: Set<UInt64> = []
    var isClosed = false
  }

  /// The lock guards the orders from the tasks that submit and cancel them and the thread that takes them.
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
      $0.lastID += 1
      return $0.lastID
    }
  }

  /// - Returns: false when the order was cancelled before, or the mailbox is closed: nobody will do it.
  func submit(_ order: Order, id: UInt64) -> Bool {
    let isTaken = state.withLock { state in
      if state.cancelled.remove(id) != nil || state.isClosed { return false }
      state.waiting.append(Entry(id: id, order: order))
      return true
    }
    if isTaken { pipe.wake() }
    return isTaken
  }

  /// Ends an order, even one that comes later.
  ///
  /// - Returns: the order, if it still waited: nobody will do it. Otherwise the thread is told.
  func cancel(_ id: UInt64) -> Order? {
    let waiting = state.withLock { state -> Order? in
      if let index = state.waiting.firstIndex(where: { $0.id == id }) {
        return state.waiting.remove(at: index).order
      }
      state.cancelled.insert(id)
      return nil
    }
    if waiting == nil { pipe.wake() }
    return waiting
  }

  /// Closes the mailbox, which ends the thread.
  ///
  /// - Returns: the orders that still waited: nobody will do them.
  func close() -> [Order] {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [] }
      return state.waiting.map(\.order)
    }
    pipe.wake()
    return waiting
  }

  // MARK: The thread's side

  /// Waits for the next order; `nil` when the mailbox is closed.
  func next() -> Entry? {
    while true {
      let (entry, isClosed) = state.withLock { state -> (Entry?, Bool) in
        guard !state.waiting.isEmpty else { return (nil, state.isClosed) }
        let entry = state.waiting.removeFirst()
        state.active = entry.id
        return (entry, false)
      }
      if isClosed { return nil }
      if let entry { return entry }
      drain()
    }
  }

  /// Forgets an order that is done.
  func finish(_ id: UInt64) {
    state.withLock {
      $0.active = nil
      $0.cancelled.remove(id)
    }
  }

  var isActiveCancelled: Bool {
    state.withLock { state in state.active.map { state.cancelled.contains($0) } ?? false }
  }

  /// Waits for news and takes the bytes that announced it.
  func drain() { pipe.wait() }
}
