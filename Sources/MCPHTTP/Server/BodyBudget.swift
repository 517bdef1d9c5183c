internal import Synchronization

/// How much all bodies that are in work may take together.
final class BodyBudget: Sendable {
  private let left: Mutex<Int>

  init(bytes: Int) {
    left = Mutex(bytes)
  }

  /// False where that is too much now.
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

/// One request's part of it.
final class BodyShare: Sendable {
  private let budget: BodyBudget
  private let taken = Mutex(0)

  init(of budget: BodyBudget) {
    self.budget = budget
  }

  /// False where that is too much now.
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
