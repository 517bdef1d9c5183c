import Repl
import Terminal
import TerminalText
import Testing

@testable import ReplShell

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

  @Test func longEventsComeInSmallerBatches() async {
    let mailbox = EventMailbox()
    let text = String(repeating: "x", count: 20_000)
    for _ in 0..<5 { mailbox.post(.childStandardError(text)) }
    #expect(await mailbox.next(100).events.count == 2)
    #expect(await mailbox.next(100).events.count == 2)
    #expect(await mailbox.next(100).events.count == 1)
  }

  @Test func aSenderWaitsUntilThereIsRoomForLongOnes() async {
    let mailbox = EventMailbox()
    for _ in 0..<5 { mailbox.post(.childStandardError(String(repeating: "x", count: 1 << 20))) }
    let sender = Task {
      await mailbox.room()
      mailbox.post(.memory(bytes: -1))
    }
    #expect(await mailbox.next(1).events.count == 1)
    await sender.value
    #expect(await mailbox.next(4).events.count == 1)
  }

  @Test func nobodyWaitsForAClosedMailbox() async {
    let mailbox = EventMailbox()
    for bytes in 0..<10_001 { mailbox.post(.memory(bytes: bytes)) }
    let sender = Task { await mailbox.room() }
    mailbox.close()
    await sender.value
    mailbox.post(.memory(bytes: 1))
    mailbox.wake()
    #expect(await mailbox.next(10).events.isEmpty)
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
