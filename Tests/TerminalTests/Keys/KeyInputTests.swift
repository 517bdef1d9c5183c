import SystemPackage
import TerminalText
import Testing

@testable import Terminal

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension TerminalSuites {
  @Suite struct KeyInputTests {
    let terminal: PseudoTerminal

    init() throws {
      terminal = try PseudoTerminal()
      terminal.makeRaw()
    }

    @Test func keysArriveAndALoneEscapeIsAKey() async throws {
      let input = try KeyInput(terminal: terminal.program, escapeDelay: .milliseconds(20))
      var events = input.events.makeAsyncIterator()
      try terminal.type("é\u{1b}[A\u{1b}[200~x\ry\u{1b}[201~\u{1b}")
      for key in [Key.character("é"), .named(.up), .paste("x\ny"), .named(.escape)] {
        #expect(await events.next() == .key(key))
      }
      try terminal.type("[")
      #expect(await events.next() == .key(.character("[")))
      await input.stop()
      #expect(await events.next() == nil)
    }

    @Test func afterStoppingKeysAreLeft() async throws {
      let first = try KeyInput(terminal: terminal.program)
      await first.stop()
      await first.stop()
      try terminal.type("x")
      let second = try KeyInput(terminal: terminal.program)
      var events = second.events.makeAsyncIterator()
      #expect(await events.next() == .key(.character("x")))
      await second.stop()
    }

    @Test func signalsAreEvents() async throws {
      let input = try KeyInput(terminal: terminal.program)
      var events = input.events.makeAsyncIterator()
      kill(getpid(), SIGWINCH)
      #expect(await events.next() == .resized)
      kill(getpid(), SIGTSTP)
      #expect(await events.next() == .suspended)
      kill(getpid(), SIGCONT)
      #expect(await events.next() == .resumed)
      await input.stop()
    }

    @Test func hangupIsTheEnd() async throws {
      let input = try KeyInput(terminal: terminal.program)
      var events = input.events.makeAsyncIterator()
      try terminal.type("x")
      #expect(await events.next() == .key(.character("x")))
      try terminal.hangUp()
      #expect(await events.next() == nil)
      await input.stop()
    }

    @Test func lettingGoIsStopping() async throws {
      var input: KeyInput? = try KeyInput(terminal: terminal.program)
      let events = input?.events
      input = nil
      let none = try #require(events)
      for await event in none { Issue.record("\(event)") }
    }
  }
}
