import Testing

@testable import RunPythonServer

/// Hours of one session, in moments of a clock that the test moves.
private struct Hours {
  var pace = SavingPace()
  var now = ContinuousClock.now

  private var saving: Duration?

  mutating func pass(_ time: Duration) { now += time }

  /// A run, which an interpreter that is still saving the state makes wait.
  ///
  /// - Parameter cost: The time to save the state after it, if that begins at once.
  mutating func run(isUndoable: Bool, cost: Duration = .milliseconds(40)) -> SavingPace.Start {
    pace.beginRun(at: now)
    if let saving {
      pass(saving)
      pace.note(saving, at: now)
    }
    pass(.milliseconds(1))
    let start = pace.endRun(isUndoable: isUndoable, at: now)
    if case .now = start { saving = cost } else { saving = nil }
    return start
  }
}

struct SavingPaceTests {
  @Test func runsWithPausesAreSavedAtOnce() {
    var hours = Hours()
    for _ in 0..<100 {
      #expect(hours.run(isUndoable: false, cost: .seconds(1)) == .now(isAwaited: false))
      hours.pass(.milliseconds(60))
    }
  }

  @Test func runsInHasteAreSavedNowAndThen() {
    var hours = Hours()
    let starts = (0..<1000).map { _ in hours.run(isUndoable: false) }
    let saved = starts.count { $0 == .now(isAwaited: false) }
    #expect((2...3).contains(saved))
    #expect(starts.count { $0 == .after(.milliseconds(100)) } == 1000 - saved)
  }

  @Test func aLongSavingIsWaitedForAsLong() {
    var hours = Hours()
    _ = hours.run(isUndoable: false, cost: .milliseconds(300))
    #expect(hours.run(isUndoable: false) == .after(.milliseconds(300)))
  }

  @Test func pastedRunsAreSavedUntilItHasTakenASecond() {
    var hours = Hours()
    let starts = (0..<60).map { _ in hours.run(isUndoable: true) }
    let saved = starts.prefix { $0 == .now(isAwaited: true) }.count
    #expect((25...27).contains(saved))
    #expect(starts.last == .after(.milliseconds(100)))
    hours.pass(.seconds(20))
    #expect((0..<20).allSatisfy { _ in hours.run(isUndoable: true) == .now(isAwaited: true) })
  }

  @Test func oneSavingThatWasHeldUpCostsNoOther() {
    var hours = Hours()
    // At the beginning, when nothing else is known of the cost.
    #expect(hours.run(isUndoable: true, cost: .milliseconds(600)) == .now(isAwaited: true))
    #expect((0..<5).allSatisfy { _ in hours.run(isUndoable: true) == .now(isAwaited: true) })
    // When what runs in haste may wait has been used up.
    while hours.run(isUndoable: true) == .now(isAwaited: true) {}
    hours.pass(.seconds(1))
    #expect(hours.run(isUndoable: true, cost: .milliseconds(600)) == .now(isAwaited: true))
    #expect(hours.run(isUndoable: true) != .now(isAwaited: true))
    hours.pass(.seconds(1))
    #expect(hours.run(isUndoable: true) == .now(isAwaited: true))
  }

  @Test func whatCostsMoreThanASecondIsNotWaitedForTwice() {
    var hours = Hours()
    #expect(hours.run(isUndoable: true, cost: .seconds(2)) == .now(isAwaited: true))
    #expect(hours.run(isUndoable: true) == .after(.seconds(2)))
    hours.pass(.seconds(1))
    #expect(hours.run(isUndoable: true) == .now(isAwaited: false))
  }
}
