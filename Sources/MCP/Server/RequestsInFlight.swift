import Synchronization

/// The requests of one connection that are in work. The lock guards the table from calls that end and from
/// the task that receives.
final class RequestsInFlight: Sendable {
  /// The gate that is open while there are none.
  let idle = Gate(isOpen: true)
  private let limit: Int
  private let tickets = Mutex<[RequestID: RequestTicket]>([:])

  init(limit: Int) { self.limit = limit }

  func contains(_ id: RequestID) -> Bool { tickets.withLock { $0[id] != nil } }

  /// - Returns: The request's ticket; nil when there are too many.
  func admit(_ id: RequestID) -> RequestTicket? {
    tickets.withLock { tickets in
      guard tickets.count < limit else { return nil }
      let ticket = RequestTicket()
      tickets[id] = ticket
      idle.shut()
      return ticket
    }
  }

  func remove(_ id: RequestID) {
    tickets.withLock { tickets in
      tickets[id] = nil
      if tickets.isEmpty { idle.open() }
    }
  }

  /// Stops the work on a request; nothing is heard of it any more. An unknown id is no error: the answer may
  /// have been on its way.
  func cancel(_ id: RequestID) {
    guard let ticket = tickets.withLock({ $0[id] }) else { return }
    ticket.close()
    ticket.cancelTask()
  }

  func cancelAllTasks() {
    let all = tickets.withLock { Array($0.values) }
    for ticket in all { ticket.cancelTask() }
  }
}
