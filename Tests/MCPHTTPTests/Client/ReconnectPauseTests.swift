import Testing

@testable import MCPHTTP

@Suite struct ReconnectPauseTests {
  @Test func itIsAsLongAsTheServerAsks() {
    var pause = ReconnectPause()
    #expect(pause.next(asked: 500) == .milliseconds(500))
    pause.reset()
    #expect(pause.next(asked: nil) == .milliseconds(1000))
    pause.reset()
    #expect(pause.next(asked: 120_000) == .milliseconds(120_000))
  }

  @Test func itGrowsWhileNothingComes() {
    var pause = ReconnectPause()
    #expect((0..<7).map { _ in pause.next(asked: nil) } == [1, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
    pause.reset()
    #expect(pause.next(asked: nil) == .seconds(1))
  }

  @Test(arguments: [0, -1, Int.min]) func thereIsAlwaysOne(asked: Int) {
    var pause = ReconnectPause()
    #expect((0..<4).map { _ in pause.next(asked: asked) } == [50, 100, 200, 400].map { .milliseconds($0) })
  }

  @Test func aServerCannotPutItOffForEver() {
    var pause = ReconnectPause()
    #expect(pause.next(asked: .max) == .seconds(3600))
  }
}
