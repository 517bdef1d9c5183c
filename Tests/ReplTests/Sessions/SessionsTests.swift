import Foundation
import RunPythonTool
import Testing

@testable import Repl

@Suite struct SessionsTests {
  private let now = Date(timeIntervalSince1970: 1_790_000_000)

  /// Sessions after runs of `x = 1`, `x = 2` and so on, which the server has counted.
  private func sessions(runs: Int) -> Sessions {
    var sessions = Sessions()
    for number in 0..<runs {
      sessions.ended(run: number + 1, code: "x = \(number + 1)", place: RunPlace(after: number + 1))
    }
    return sessions
  }

  private func ask(_ sessions: inout Sessions, _ command: SessionCommand) throws -> SessionRequest? {
    guard case .ask(let request) = try sessions.step(for: command, at: now) else { return nil }
    return request
  }

  @discardableResult
  private func checkpoint(_ sessions: inout Sessions, _ name: String?, handle: String) throws -> String {
    let request = try #require(try ask(&sessions, .checkpoint(name: name, file: nil)))
    let handles = Set(sessions.current.kept.map(\.handle) + [handle])
    let runs = sessions.current.count
    let answer = SessionAnswer(runs: runs, checkpoint: handle, bytes: 210_000, checkpoints: handles)
    return sessions.take(answer, to: request, at: now)
  }

  @discardableResult
  private func fork(_ sessions: inout Sessions, _ name: String?, handle: String) throws -> String {
    #expect(try ask(&sessions, .fork(name: name)) == .fork())
    return sessions.take(SessionAnswer(runs: sessions.current.count, session: handle), to: .fork(), at: now)
  }

  // MARK: undoing

  @Test func runsAreUndone() throws {
    var sessions = sessions(runs: 7)
    #expect(sessions.place == "#7")
    #expect(try ask(&sessions, .undo(runs: 2)) == .restore("-2"))
    let told = sessions.take(SessionAnswer(runs: 5), to: .restore("-2"), at: now)
    #expect(told == "The last 2 runs are undone: this is #5, after \"x = 5\".")
    #expect(sessions.nextRunTitle == "run 6")
    #expect((1...7).map { sessions.absence(ofRun: $0) } == [nil, nil, nil, nil, nil, "undone", "undone"])
    #expect(sessions.presentRuns == [1, 2, 3, 4, 5])
    sessions.ended(run: 8, code: "y", place: RunPlace(after: 6))
    #expect(try ask(&sessions, .rewind(to: "#4")) == .restore("-2"))
  }

  @Test func noMoreThanThereWereAreUndone() throws {
    var empty = Sessions()
    #expect(throws: CommandError("There is no run to undo.")) { try empty.step(for: .undo(runs: 1), at: now) }
    var one = sessions(runs: 1)
    #expect(throws: CommandError("There is 1 run to undo.")) { try one.step(for: .undo(runs: 2), at: now) }
    #expect(try ask(&one, .undo(runs: 1)) == .restore("-1"))
    #expect(
      one.take(SessionAnswer(runs: 0), to: .restore("-1"), at: now)
        == "The last run is undone: this is #0, the beginning.")
  }

  @Test func theServerTellsWhatCanBeUndone() throws {
    var sessions = sessions(runs: 3)
    sessions.ended(run: 4, code: "x", place: RunPlace(runs: 4, undoable: 2))
    #expect(throws: CommandError("There are 2 runs to undo.")) {
      try sessions.step(for: .undo(runs: 3), at: now)
    }
    #expect(try ask(&sessions, .undo(runs: 2)) == .restore("-2"))
    sessions.ended(run: 5, code: "x", place: RunPlace(runs: 5, undoable: 0))
    #expect(throws: CommandError("There is no run to undo.")) {
      try sessions.step(for: .undo(runs: 1), at: now)
    }
    // A server that does not tell is asked.
    sessions.ended(run: 6, code: "x", place: RunPlace(runs: 6, undoable: nil))
    #expect(try ask(&sessions, .undo(runs: 6)) == .restore("-6"))
  }

  @Test func aRunThatTookTheInterpreterAlongIsUndone() {
    var sessions = sessions(runs: 4)
    sessions.ended(run: 5, code: "while True: pass", place: RunPlace(after: 4))
    #expect(sessions.place == "#4")
    #expect(sessions.absence(ofRun: 5) == "undone")
    // Nothing was saved.
    sessions.ended(run: 6, code: "while True: pass", place: RunPlace(after: 0))
    #expect(sessions.place == "#0")
    #expect((1...6).allSatisfy { sessions.absence(ofRun: $0) == "undone" })
  }

  @Test func whatBecameOfARunWithoutAnAnswerShowsLater() throws {
    var survived = sessions(runs: 2)
    survived.ended(run: 3, code: "interrupted", place: nil)
    #expect(survived.isUnsure && survived.place == "#2" && survived.absence(ofRun: 3) == nil)
    survived.ended(run: 4, code: "x", place: RunPlace(after: 4))
    #expect(!survived.isUnsure && survived.place == "#4")
    #expect(try ask(&survived, .undo(runs: 2)) == .restore("-2"))

    var killed = sessions(runs: 2)
    killed.ended(run: 3, code: "interrupted", place: nil)
    killed.noteUnanswered(at: RunPlace(after: 2))
    #expect(killed.place == "#2" && killed.absence(ofRun: 3) == "undone")
  }

  @Test func aServerThatDoesNotCountIsCountedFor() {
    var sessions = Sessions()
    for id in 1...3 { sessions.ended(run: id, code: "x", place: nil) }
    #expect(sessions.nextRunTitle == "run 4")
    #expect(sessions.presentRuns == [1, 2, 3])
  }

  // MARK: checkpoints

  @Test func aCheckpointIsGoneBackToFromBothSides() throws {
    var sessions = sessions(runs: 3)
    #expect(
      try checkpoint(&sessions, "before", handle: "h1")
        == "Saved #3 as checkpoint before (210 kB): :rewind before goes back to it.")
    _ = sessions.take(SessionAnswer(runs: 1, checkpoints: ["h1"]), to: .restore("-2"), at: now)
    #expect(sessions.place == "#1")
    #expect(try ask(&sessions, .rewind(to: "before")) == .restore("h1"))
    let told = sessions.take(SessionAnswer(runs: 3, checkpoints: ["h1"]), to: .restore("h1"), at: now)
    #expect(told == "Back at checkpoint before: this is #3, after \"x = 3\".")
    #expect(sessions.presentRuns == [1, 2, 3])
  }

  @Test func checkpointsWithoutANameAreCalledByTheirPlace() throws {
    var sessions = sessions(runs: 3)
    try checkpoint(&sessions, nil, handle: "h1")
    try checkpoint(&sessions, nil, handle: "h2")
    #expect(sessions.checkpointNames == ["#3", "#3-2"])
    #expect(try ask(&sessions, .rewind(to: "#3")) == .restore("h1"))
  }

  @Test func aNameIsUsedAgainAndWhatTheServerDroppedIsForgotten() throws {
    var sessions = sessions(runs: 1)
    try checkpoint(&sessions, "a", handle: "h1")
    try checkpoint(&sessions, "b", handle: "h2")
    try checkpoint(&sessions, "a", handle: "h3")
    #expect(sessions.current.kept.map(\.handle) == ["h2", "h3"])
    _ = sessions.take(
      SessionAnswer(runs: 1, checkpoint: "h4", checkpoints: ["h3", "h4"]),
      to: .checkpoint(name: "c", file: nil), at: now)
    #expect(sessions.checkpointNames == ["a", "c"])
  }

  @Test func aFileIsToldOf() throws {
    var sessions = sessions(runs: 1)
    let request = try #require(try ask(&sessions, .checkpoint(name: nil, file: "a.ckpt")))
    #expect(request == .checkpoint(name: "#1", file: "a.ckpt"))
    let answer = SessionAnswer(runs: 1, checkpoint: "h", bytes: 5_000_000, checkpoints: ["h"])
    #expect(
      sessions.take(answer, to: request, at: now)
        == "Saved #1 to a.ckpt (5.0 MB), and as checkpoint #1: :rewind #1 goes back to it.")
  }

  @Test func wrongNamesListThoseThereAre() throws {
    var sessions = sessions(runs: 2)
    #expect(throws: CommandError("There is no checkpoint \"x\"; \":checkpoint\" makes one.")) {
      try sessions.step(for: .rewind(to: "x"), at: now)
    }
    try checkpoint(&sessions, "before", handle: "h1")
    try checkpoint(&sessions, "cleaned", handle: "h2")
    #expect(throws: CommandError("There is no checkpoint \"xyz\"; there are before, cleaned.")) {
      try sessions.step(for: .rewind(to: "xyz"), at: now)
    }
    #expect(throws: CommandError("There is no checkpoint \"befor\". Is \"before\" meant?")) {
      try sessions.step(for: .rewind(to: "befor"), at: now)
    }
    #expect(throws: CommandError("There is no #2 to go back to; this is #2.")) {
      try sessions.step(for: .rewind(to: "#2"), at: now)
    }
    #expect(throws: CommandError("There is no session \"wrong\"; there is main.")) {
      try sessions.step(for: .session(name: "wrong"), at: now)
    }
  }

  @Test func checkpointsAreListed() throws {
    var sessions = sessions(runs: 2)
    let none = try sessions.step(for: .checkpoints, at: now)
    #expect(none == .tell("There is no checkpoint yet; \":checkpoint [NAME]\" makes one."))
    try checkpoint(&sessions, "before", handle: "h1")
    sessions.ended(
      run: 3, code: "\ntable = [\n  'é\u{1b}' * 100, \(String(repeating: "1, ", count: 30))]",
      place: RunPlace(after: 3))
    try checkpoint(&sessions, nil, handle: "h2")
    #expect(
      try sessions.step(for: .checkpoints, at: now + 125)
        == .tell(
          """
          name    at  age    size    last line run
          before  #2  2 min  210 kB  x = 2
          #3      #3  2 min  210 kB  'é^[' * 100, 1, 1, 1, 1, 1, 1, 1, 1, 1,…
          """))
  }

  // MARK: forks

  @Test func forksGoTheirOwnWay() throws {
    var sessions = sessions(runs: 2)
    #expect(try fork(&sessions, nil, handle: "s1") == "Forked #2 as session b: \":session b\" goes there.")
    sessions.ended(run: 3, code: "y = 3", place: RunPlace(after: 3))
    #expect(
      try sessions.step(for: .session(name: "b"), at: now)
        == .turn("This is fork b #2, after \"x = 2\"."))
    #expect(sessions.absence(ofRun: 3) == "in main")
    #expect(sessions.nextRunTitle == "run 3 of b")
    sessions.ended(run: 4, code: "z = 4", place: RunPlace(after: 3, beginning: 2))
    #expect(sessions.place == "fork b #3")
    #expect(sessions.presentRuns == [1, 2, 4])
    #expect(
      throws: CommandError("There is 1 run to undo in b, which was forked at #2.")
    ) { try sessions.step(for: .undo(runs: 2), at: now) }
    #expect(try ask(&sessions, .undo(runs: 1)) == .restore("-1"))
    #expect(
      try sessions.step(for: .session(name: "main"), at: now)
        == .turn("This is main #3, after \"y = 3\"."))
    #expect(sessions.absence(ofRun: 4) == "in b")
  }

  @Test func aForkIsKnownByItsNameInCalls() throws {
    var sessions = sessions(runs: 1)
    try fork(&sessions, nil, handle: "s1")
    #expect(sessions.handle == nil)
    _ = try sessions.step(for: .session(name: "b"), at: now)
    #expect(sessions.handle == "s1")
    _ = try sessions.step(for: .session(name: "main"), at: now)
    #expect(sessions.handle == nil)
  }

  @Test func forksHaveNamesOfTheirOwn() throws {
    var sessions = sessions(runs: 1)
    try fork(&sessions, "c", handle: "s1")
    try fork(&sessions, nil, handle: "s2")
    try fork(&sessions, nil, handle: "s3")
    #expect(sessions.sessionNames == ["main", "c", "b", "d"])
    #expect(throws: CommandError("There is a session \"main\" already.")) {
      try sessions.step(for: .fork(name: "main"), at: now)
    }
    #expect(
      try sessions.step(for: .session(name: nil), at: now)
        == .tell(
          """
          session  at        last line run
          main     #1  here  x = 1
          c        #1        x = 1
          b        #1        x = 1
          d        #1        x = 1
          """))
  }

  @Test func aCheckpointOfAnotherSessionIsPointedAt() throws {
    var sessions = sessions(runs: 1)
    try checkpoint(&sessions, "before", handle: "h1")
    try fork(&sessions, nil, handle: "s1")
    _ = try sessions.step(for: .session(name: "b"), at: now)
    let sentence = "The checkpoint \"before\" is one of the session main; \":session main\" goes there."
    #expect(throws: CommandError(sentence)) { try sessions.step(for: .rewind(to: "before"), at: now) }
    guard case .tell(let table) = try sessions.step(for: .checkpoints, at: now) else { return }
    #expect(table.split(separator: "\n").last == "before  main     #1  0 s  210 kB  x = 1")
  }

  @Test func aServerWithoutCheckpointsIsToldOf() {
    var sessions = Sessions(obstacle: "It has none.")
    for command in [
      SessionCommand.checkpoint(name: nil, file: nil), .undo(runs: 1), .fork(name: nil), .session(name: nil),
      .checkpoints,
    ] {
      #expect(throws: CommandError("It has none.")) { try sessions.step(for: command, at: now) }
    }
    #expect(!sessions.isWorthTelling)
  }
}
