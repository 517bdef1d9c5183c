import SystemSupport
import Testing

@Suite struct GateTests {
  @Test func openGateLetsThrough() async {
    let gate = Gate(isOpen: true)
    await gate.pass()
    gate.shut()
    #expect(await !gate.passes(within: .milliseconds(1)))
    gate.open()
    #expect(await gate.passes(within: .seconds(60)))
  }

  @Test func cancelledTaskPasses() async {
    let gate = Gate(isOpen: false)
    let task = Task { await gate.pass() }
    task.cancel()
    await task.value
    #expect(!gate.isOpen)
  }

  @Test func namesDiffer() {
    let names = (0..<100).map { _ in UnguessableName.new() }
    #expect(Set(names).count == 100)
    #expect(names.allSatisfy { $0.utf8.count == 64 && $0.allSatisfy(\.isHexDigit) })
  }

  @Test(arguments: [("", ""), (" \n\t", ""), (" a b\u{a0}\n", "a b"), ("a", "a")])
  func whiteSpaceIsTrimmed(text: String, trimmed: String) {
    #expect(text.trimmingWhitespace() == trimmed)
    #expect(text[...].trimmingWhitespace() == trimmed)
  }

  @Test func durationIsCountedInSeconds() {
    #expect(Duration.milliseconds(100).inSeconds == 0.1)
    #expect(Duration.seconds(3600).inSeconds == 3600)
    #expect(Duration.nanoseconds(-500_000_000).inSeconds == -0.5)
  }
}
