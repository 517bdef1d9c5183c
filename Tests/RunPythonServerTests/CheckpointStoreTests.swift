import Foundation
import Logging
import PythonSandbox
import RunPythonTool
import Testing

@testable import RunPythonServer

@Suite struct CheckpointStoreTests {
  private let one = UUID()
  private let other = UUID()

  private func store(_ limits: CheckpointStore.Limits) -> CheckpointStore {
    CheckpointStore(limits: limits, logger: .init(label: "test"))
  }

  private func state(_ name: String?, bytes: Int = 10, runs: Int = 1) -> SavedState {
    SavedState(
      kind: name.map { .asked(name: $0) } ?? .automatic, runs: runs, lastLine: "x",
      checkpoint: .sample(bytes: bytes))
  }

  private func names(_ store: CheckpointStore, _ session: UUID) async -> [String?] {
    await store.states(of: session).map(\.name)
  }

  @Test func theOldestOfASessionGoFirst() async {
    let store = store(.init(count: 2, sessionBytes: 1000, totalBytes: 1000))
    for name in ["a", "b", "c"] { #expect(await store.add(state(name), of: one)) }
    #expect(await store.add(state("d"), of: other))
    #expect(await names(store, one) == ["b", "c"])
    #expect(await names(store, other) == ["d"])
  }

  @Test func thoseThatNobodyAskedForPushNoOthersOut() async {
    let store = store(.init(count: 2, sessionBytes: 1000, totalBytes: 1000))
    #expect(await store.add(state("a"), of: one))
    for runs in 1...5 { #expect(await store.add(state(nil, runs: runs), of: one)) }
    #expect(await names(store, one) == ["a", nil, nil])
    #expect(await store.states(of: one).map(\.runs) == [1, 4, 5])
  }

  @Test func bytesAreLimited() async {
    let store = store(.init(count: 10, sessionBytes: 100, totalBytes: 150))
    #expect(await !store.add(state("huge", bytes: 101), of: one))
    #expect(await store.add(state("a", bytes: 60), of: one))
    #expect(await store.add(state("b", bytes: 60), of: one))
    #expect(await names(store, one) == ["b"])
    #expect(await store.add(state("c", bytes: 60), of: other))
    #expect(await store.add(state("d", bytes: 40), of: other))
    #expect(await names(store, one) == [], "it was the oldest of all")
    #expect(await names(store, other) == ["c", "d"])
  }

  @Test func thoseThatNobodyAskedForTakeLittle() async {
    let store = store(.init(count: 20, automaticBytes: 100, sessionBytes: 1000, totalBytes: 1000))
    #expect(await store.add(state("a", bytes: 200), of: one))
    for runs in 1...4 { #expect(await store.add(state(nil, bytes: 40, runs: runs), of: one)) }
    #expect(await store.states(of: one).map(\.runs) == [1, 3, 4])
    #expect(
      await store.add(state(nil, bytes: 300, runs: 5), of: one), "the last one is kept, whatever it takes")
    #expect(await store.states(of: one).map(\.runs) == [1, 5])
  }

  @Test func aSessionThatEndsLeavesNone() async {
    let store = store(.init())
    #expect(await store.add(state("a"), of: one))
    #expect(await store.add(state("b"), of: other))
    await store.remove(of: one)
    #expect(await names(store, one) == [])
    #expect(await names(store, other) == ["b"])
  }

  @Test func handlesCannotBeGuessed() {
    #expect(state("a").handle != state("a").handle)
    #expect(state("a").handle.count == 64)
  }
}

@Suite struct TimelineTests {
  private func state(runs: Int) -> SavedState {
    SavedState(kind: .automatic, runs: runs, lastLine: "line \(runs)", checkpoint: .sample(bytes: 1))
  }

  @Test func runsThatAreNotSavedAreCounted() {
    var timeline = Timeline()
    timeline.beginRun("a = 1\n\nb = 2\n")
    #expect(timeline.lastLine == "b = 2")
    #expect(timeline.unsavedRuns == 1)
    timeline.note(state(runs: 1))
    #expect(timeline.unsavedRuns == 0)
    timeline.beginRun("c")
    timeline.beginRun("d")
    #expect(timeline.unsavedRuns == 2)
  }

  @Test func anEarlierStateThatComesLateIsOfNoUse() {
    var timeline = Timeline()
    for _ in 1...3 { timeline.beginRun("x") }
    timeline.note(state(runs: 3))
    timeline.note(state(runs: 2))
    #expect(timeline.origin?.runs == 3)
  }

  @Test func theLastStateIsThatAfterTheLastRun() {
    var timeline = Timeline()
    #expect(timeline.lastState == nil)
    timeline.beginRun("x")
    timeline.note(state(runs: 1))
    #expect(timeline.lastState?.runs == 1)
    timeline.beginRun("y")
    #expect(timeline.lastState == nil, "it was not saved since")
    timeline.goOn(from: state(runs: 1))
    #expect(timeline.lastState?.runs == 1)
    timeline.goOn(from: state(runs: 1), reseeds: true)
    #expect(timeline.lastState == nil, "random numbers are others")
  }

  @Test func goingBackTakesRunsBack() {
    var timeline = Timeline()
    for _ in 1...3 { timeline.beginRun("x") }
    timeline.goOn(from: state(runs: 1))
    #expect(timeline.runs == 1)
    #expect(timeline.lastLine == "line 1")
    #expect(timeline.jumps == 1)
    timeline.goOn(from: nil)
    #expect(timeline.runs == 0)
  }

  @Test func whatCanBeUndoneIsCountedBackwards() {
    var timeline = Timeline()
    for _ in 1...4 { timeline.beginRun("x") }
    #expect(timeline.undoable([state(runs: 2), state(runs: 4)]) == [2, 4])
    timeline.beginning = state(runs: 3)
    #expect(timeline.undoable([]) == [1])
  }
}

extension Checkpoint {
  fileprivate static func sample(bytes: Int) -> Checkpoint {
    Checkpoint(
      image: "", dependencies: [], pythonVersion: "", created: Date(),
      content: Array(repeating: 0, count: bytes))
  }
}
