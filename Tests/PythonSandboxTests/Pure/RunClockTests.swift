import Testing

@testable import PythonSandbox

@Suite struct RunClockTests {
  @Test func endsOnceAfterItsLimit() async throws {
    let ends = Recorder<Int>()
    var clock = RunClock(limit: .milliseconds(50)) { ends.append(1) }
    clock.start()
    clock.start()
    try await Task.sleep(for: .milliseconds(300))
    #expect(ends.values == [1])
  }

  @Test func doesNotCountWhileItIsStopped() async throws {
    let ends = Recorder<Int>()
    var clock = RunClock(limit: .milliseconds(200)) { ends.append(1) }
    clock.start()
    clock.stop()
    try await Task.sleep(for: .milliseconds(400))
    #expect(ends.values == [])
    clock.start()
    try await Task.sleep(for: .milliseconds(400))
    #expect(ends.values == [1])
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
