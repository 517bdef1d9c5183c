import MCP
import SystemSupport
import Testing

@testable import MCPHTTP

@Suite struct EventStreamTests {
  static let patience = Duration.seconds(60)

  static func texts(_ portion: EventStream.Portion) -> [String]? {
    guard case .events(let events) = portion else { return nil }
    return events.map { String(decoding: $0.message, as: UTF8.self) }
  }

  static func isEnd(_ portion: EventStream.Portion) -> Bool {
    if case .end = portion { true } else { false }
  }

  @Test func aReaderGetsWhatCameBeforeAndAfter() async {
    let stream = EventStream(number: 1, answers: 1)
    await stream.append(Array("a".utf8))
    let reader = await stream.attach()
    #expect(Self.texts(await stream.next(reader, within: Self.patience)) == ["a"])
    async let next = stream.next(reader, within: Self.patience)
    await stream.append(Array("b".utf8), answer: .init(error: nil))
    #expect(Self.texts(await next) == ["b"])
    #expect(Self.isEnd(await stream.next(reader, within: Self.patience)))
  }

  @Test func aSecondReaderGoesOnWhereTheFirstWas() async {
    let stream = EventStream(number: 1, answers: nil)
    let first = await stream.attach()
    await stream.append(Array("a".utf8))
    _ = await stream.next(first, within: Self.patience)
    async let waiting = stream.next(first, within: Self.patience)
    let second = await stream.attach()
    #expect(Self.isEnd(await waiting))
    await stream.append(Array("b".utf8))
    #expect(Self.texts(await stream.next(second, within: Self.patience)) == ["b"])
    let again = await stream.attach(after: 0)
    #expect(Self.texts(await stream.next(again, within: Self.patience)) == ["a", "b"])
    let tooFar = await stream.attach(after: 99)
    await stream.append(Array("c".utf8))
    #expect(Self.texts(await stream.next(tooFar, within: Self.patience)) == ["c"])
  }

  @Test func quietIsTold() async {
    let stream = EventStream(number: 1, answers: 1)
    let reader = await stream.attach()
    guard case .quiet = await stream.next(reader, within: .milliseconds(10)) else {
      Issue.record("not quiet")
      return
    }
  }

  @Test func aCancelledReaderStopsWaiting() async {
    let stream = EventStream(number: 1, answers: 1)
    let reader = await stream.attach()
    let task = Task { await stream.next(reader, within: Self.patience) }
    task.cancel()
    #expect(Self.isEnd(await task.value))
  }

  @Test func whoeverWritesWaitsForASlowReader() async {
    let stream = EventStream(number: 1, answers: 1)
    let reader = await stream.attach()
    let isDone = Gate(isOpen: false)
    let writing = Task {
      await stream.append([UInt8](repeating: 0, count: 300 << 10))
      isDone.open()
    }
    while await stream.isEmpty { await Task.yield() }
    #expect(!isDone.isOpen)
    _ = await stream.next(reader, within: Self.patience)
    await writing.value
    #expect(isDone.isOpen)
  }

  @Test func nobodyWaitsForAReaderThatIsGone() async {
    let stream = EventStream(number: 1, answers: 1)
    let reader = await stream.attach()
    let writing = Task { await stream.append([UInt8](repeating: 0, count: 300 << 10)) }
    while await stream.isEmpty { await Task.yield() }
    await stream.detach(reader)
    await writing.value
    for _ in 0..<20 { await stream.append([UInt8](repeating: 0, count: 300 << 10)) }
    let next = await stream.attach()
    #expect(Self.texts(await stream.next(next, within: Self.patience))?.count == 3, "a megabyte is kept")
  }

  @Test func aStreamOfManyRequestsEndsWithTheLastAnswer() async {
    let stream = EventStream(number: 1, answers: 2)
    await stream.append([], answer: .init(error: nil))
    #expect(await !stream.isFinished)
    await stream.skipAnswer()
    #expect(await stream.isFinished)
    await stream.append(Array("late".utf8))
    let reader = await stream.attach()
    #expect(Self.texts(await stream.next(reader, within: Self.patience))?.count == 1)
  }
}
