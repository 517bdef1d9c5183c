import Testing

@testable import MCP

@Suite struct RetryPausesTests {
  @Test func pausesGrowToALimitAndEnd() {
    var pauses = RetryPauses()
    var taken: [Duration] = []
    while let pause = pauses.next() { taken.append(pause) }
    #expect(taken.count == RetryPauses.limit)
    #expect(taken.prefix(3) == [.milliseconds(100), .milliseconds(200), .milliseconds(400)])
    #expect(taken == taken.sorted())
    #expect(taken.last == .seconds(5))
    #expect(pauses.next() == nil)
  }
}
