import Synchronization
import SystemSupport
import Testing

@Suite struct PendingRepliesTests {
  private struct Refusal: Error, Equatable {}

  private let replies = PendingReplies<Int, String>()

  @Test func replyGoesToTheOneThatAsked() async throws {
    let replies = replies
    async let first = replies.reply(to: 1) { replies.give(.success("one"), to: 1) }
    async let second = replies.reply(to: 2) { replies.give(.success("two"), to: 2) }
    #expect(try await first == "one")
    #expect(try await second == "two")
    #expect(replies.openIDs.isEmpty)
  }

  @Test func expectedReplyMayComeFirst() async throws {
    replies.expect(1)
    #expect(replies.openIDs == [1])
    #expect(replies.give(.success("early"), to: 1))
    #expect(!replies.give(.success("again"), to: 1))
    #expect(try await replies.reply(to: 1) == "early")
    #expect(!replies.give(.success("late"), to: 1))
  }

  @Test func replyThatNobodyWantsIsRefused() {
    #expect(!replies.give(.success("stray"), to: 7))
    replies.expect(7)
    replies.forget(7)
    #expect(!replies.give(.success("stray"), to: 7))
  }

  @Test func cancellationIsTheReplyOfAWaitingTask() async {
    let (givenUp, note) = AsyncStream<Void>.makeStream()
    let isAsked = Gate(isOpen: false)
    let task = Task { [replies] in
      try await replies.reply(to: 1) {
        isAsked.open()
      } onGivingUp: { _ in
        note.yield()
      }
    }
    await isAsked.pass()
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    for await _ in givenUp { break }
    #expect(!replies.give(.success("late"), to: 1))
  }

  @Test func cancelledTaskDoesNotAsk() async {
    let task = Task { [replies] in
      withUnsafeCurrentTask { $0?.cancel() }
      return try await replies.reply(to: 1) { Issue.record("It asked.") }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(replies.openIDs.isEmpty)
  }

  @Test func endIsToldAfterTheQuestion() async {
    let told = Mutex<[String]>([])
    let task = Task { [replies] in
      try await replies.reply(to: 1) {
        // The cancellation comes while the question is on its way.
        withUnsafeCurrentTask { $0?.cancel() }
        told.withLock { $0.append("question") }
      } onGivingUp: { _ in
        told.withLock { $0.append("end") }
      }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(told.withLock(\.self) == ["question", "end"])
  }

  @Test func overdueReplyIsReplaced() async throws {
    let (givenUp, note) = AsyncStream<Void>.makeStream()
    let reply = try await replies.reply(
      to: 1, overdue: .init(after: .milliseconds(1), reply: .success("none")),
      onGivingUp: { _ in note.yield() })
    #expect(reply == "none")
    for await _ in givenUp { break }
    #expect(replies.openIDs.isEmpty)
  }

  @Test func closingEndsAllWaiting() async {
    let replies = replies
    await #expect(throws: Refusal()) {
      try await replies.reply(to: 1) { replies.close(Refusal()) }
    }
    await #expect(throws: Refusal()) { try await replies.reply(to: 2) }
    replies.expect(3)
    await #expect(throws: Refusal()) { try await replies.reply(to: 3) }
  }
}
