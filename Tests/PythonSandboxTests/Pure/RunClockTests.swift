import Testing

@testable import PythonSandbox

/// No test waits for longer than the clock itself on a quick machine. On a slow one it waits until the clock
/// ends.
@Suite(.timeLimit(.minutes(1))) struct RunClockTests {
  @Test func endsOnceAfterItsLimit() async throws {
    let (ends, input) = AsyncStream<Void>.makeStream()
    var clock = RunClock(limit: .milliseconds(50)) { input.yield() }
    clock.start()
    clock.start()
    var iterator = ends.makeAsyncIterator()
    await iterator.next()
    try await Task.sleep(for: .milliseconds(200))
    input.finish()
    #expect(await iterator.next() == nil)
  }

  @Test func doesNotCountWhileItIsStopped() async throws {
    let ended = Recorder<Int>()
    let (ends, input) = AsyncStream<Void>.makeStream()
    var clock = RunClock(limit: .seconds(1)) {
      ended.append(1)
      input.yield()
    }
    clock.start()
    clock.stop()
    try await Task.sleep(for: .milliseconds(1500))
    #expect(ended.values == [])
    clock.start()
    var iterator = ends.makeAsyncIterator()
    await iterator.next()
    #expect(ended.values == [1])
  }

  @Test func neverEndsWithoutALimit() async throws {
    let ends = Recorder<Int>()
    var clock = RunClock(limit: nil) { ends.append(1) }
    clock.start()
    try await Task.sleep(for: .milliseconds(50))
    clock.stop()
    #expect(ends.values == [])
  }
}
