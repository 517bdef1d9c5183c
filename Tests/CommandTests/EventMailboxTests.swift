import Repl
import Terminal
import Testing

@testable import mcp_run_python

@Suite(.timeLimit(.minutes(1))) struct EventMailboxTests {
  @Test func keysComeFirstAndEventsKeepTheirOrder() async {
    let mailbox = EventMailbox()
    for bytes in 1...5 { mailbox.post(.memory(bytes: bytes)) }
    mailbox.post(.terminal(.key(.character("a"))))
    let (keys, events) = await mailbox.next(3)
    #expect(keys == [.key(.character("a"))])
    #expect(events.map(Self.bytes) == [1, 2, 3])
    #expect(await mailbox.next(10).events.map(Self.bytes) == [4, 5])
  }

  @Test func aSenderWaitsUntilThereIsRoom() async {
    let mailbox = EventMailbox()
    for bytes in 0..<10_001 { mailbox.post(.memory(bytes: bytes)) }
    let sender = Task {
      await mailbox.room()
      mailbox.post(.memory(bytes: -1))
    }
    var seen = 0
    while true {
      let events = await mailbox.next(2000).events
      if events.last.map(Self.bytes) == -1 { break }
      seen += events.count
    }
    await sender.value
    #expect(seen >= 2000)
  }

  @Test func wakingEndsAWaitWithNothing() async {
    let mailbox = EventMailbox()
    let waiting = Task { await mailbox.next(1) }
    mailbox.wake()
    let (keys, events) = await waiting.value
    #expect(keys.isEmpty && events.isEmpty)
  }

  private static func bytes(_ event: EventMailbox.Event) -> Int? {
    if case .app(.memory(let bytes)) = event { bytes } else { nil }
  }
}
