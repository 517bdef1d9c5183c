internal import Synchronization

/// The number of bytes that the bodies of all requests in work may take together.
final class BodyBudget: Sendable {
  /// Guards the bytes that are left from the requests, which read their bodies at the same time.
  private let left: Mutex<Int>

  init(bytes: Int) {
    left = Mutex(bytes)
  }

  /// Takes a part of the budget; false when that is too much now.
  func take(_ bytes: Int) -> Bool {
    left.withLock { left in
      guard bytes <= left else { return false }
      left -= bytes
      return true
    }
  }

  func giveBack(_ bytes: Int) {
    left.withLock { $0 += bytes }
  }
}

/// The part of the budget that one request has taken.
final class BodyShare: Sendable {
  private let budget: BodyBudget
  /// Guards the bytes that were taken from the request's task, which may move between threads.
  private let taken = Mutex(0)

  init(of budget: BodyBudget) {
    self.budget = budget
  }

  /// Takes more bytes for the request; false when that is too much now.
  func take(_ bytes: Int) -> Bool {
    guard budget.take(bytes) else { return false }
    taken.withLock { $0 += bytes }
    return true
  }

  func giveBack() {
    budget.giveBack(
      taken.withLock { taken in
        defer { taken = 0 }
        return taken
      })
  }
}
