import SystemPackage
import TerminalText
import Testing

@testable import Terminal

extension TerminalSuites {
  @Suite struct FullScreenTests {
    let terminal: PseudoTerminal

    init() throws {
      terminal = try PseudoTerminal()
    }

    private func open(
      type: String = "xterm-256color", colour: Bool = true, mouse: Bool = false,
      stopProcess: @escaping @Sendable () -> Void = {}
    ) throws -> FullScreen {
      var configuration = FullScreen.Configuration()
      configuration.type = type
      configuration.colour = colour
      configuration.mouse = mouse
      configuration.stopProcess = stopProcess
      return try FullScreen(input: terminal.program, output: terminal.program, configuration: configuration)
    }

    private func frame(_ spans: Span..., cursor: Position? = nil) -> Frame {
      Frame(size: Size(columns: 80, rows: 24), rows: [spans], cursor: cursor)
    }

    @Test func terminalIsTakenAndPutBack() async throws {
      let before = terminal.settings()
      let screen = try open(mouse: true)
      #expect(terminal.settings() != before)
      #expect(screen.size == Size(columns: 80, rows: 24))
      try await terminal.wait(for: "\u{1b}[?1000h\u{1b}[?1006h")
      screen.draw(frame(Span("hello", .heading), cursor: Position(column: 2, row: 0)))
      let drawn = try await terminal.wait(for: "hello")
      #expect(drawn.contains("\u{1b}[?1049h"))
      terminal.forget()
      screen.close()
      #expect(terminal.settings() == before)
      let restored = terminal.output()
      for sequence in ["\u{1b}[?1006l", "\u{1b}[?1000l", "\u{1b}[?2004l", "\u{1b}[?1049l"] {
        #expect(restored.contains(sequence), "\(sequence.debugDescription)")
      }
      screen.draw(frame(Span("late")))
      screen.redraw()
      screen.close()
      #expect(terminal.output().isEmpty)
    }

    @Test func pastesAreInBracketsAndTheMouseIsOffUnlessAskedFor() async throws {
      let screen = try open()
      try await terminal.wait(for: "\u{1b}[?2004h")
      screen.draw(frame(Span("x")))
      #expect(!terminal.output().contains("\u{1b}[?1000h"))
      screen.close()
    }

    @Test func lettingGoIsClosing() throws {
      let before = terminal.settings()
      do {
        let screen = try open()
        screen.draw(frame(Span("x")))
        #expect(terminal.settings() != before)
      }
      #expect(terminal.settings() == before)
    }

    @Test func onlyChangesAreSent() async throws {
      let screen = try open()
      screen.draw(frame(Span("one two three")))
      let first = try await terminal.wait(for: "\u{1b}[?2026l")
      #expect(first.contains("one two three"))
      screen.draw(frame(Span("one two three")))
      #expect(terminal.output().isEmpty)
      screen.draw(frame(Span("one 2wo three")))
      let change = terminal.output()
      #expect(change.hasPrefix("\u{1b}[?2026h") && change.hasSuffix("\u{1b}[?2026l"))
      #expect(change.dropFirst(8).contains("2"))
      #expect(change.utf8.count < 36)
      screen.close()
    }

    @Test(arguments: [("xterm-256color", true), ("tmux-256color", true), ("linux", false), ("vt100", false)])
    func framesAreShownAtOnce(_ type: String, _ isMarked: Bool) throws {
      let screen = try open(type: type)
      screen.draw(frame(Span("text")))
      let output = terminal.output()
      #expect(output.contains("text"))
      #expect(output.contains("\u{1b}[?2026") == isMarked)
      screen.close()
    }

    @Test func controlCharactersNeverReachTheTerminal() throws {
      let screen = try open()
      screen.draw(frame(Span("a\u{1b}]0;evil\u{7}\r\n\u{9b}31m\u{202e}\u{0}b")))
      let output = terminal.output()
      #expect(!output.contains("\u{1b}]0"))
      #expect(!output.unicodeScalars.contains { [0x07, 0x9b, 0x202e].contains($0.value) })
      #expect(output.contains("\u{fffd}]0;evil\u{fffd}"))
      screen.close()
    }

    @Test(arguments: [("xterm-256color", "38;5;"), ("linux", "\u{1b}[3"), ("xterm", "\u{1b}[3")])
    func coloursAreTheTerminals(_ type: String, _ sequence: String) throws {
      let screen = try open(type: type)
      screen.draw(frame(Span("x", .string)))
      #expect(terminal.output().contains(sequence))
      screen.close()
    }

    @Test(arguments: ["xterm-256color", "vt100"])
    func withoutColoursThereAreAttributes(_ type: String) throws {
      let screen = try open(type: type, colour: type == "vt100")
      let rows = Style.Role.allCases.map { [Span("word", $0), Span("word", Style($0, isReversed: true))] }
      screen.draw(Frame(size: screen.size, rows: rows))
      let output = terminal.output()
      for colour in ["[3", "[4", ";3", ";4"].flatMap({ start in (0...8).map { "\(start)\($0)" } }) {
        #expect(!output.contains(colour + "m"), "\(colour)")
        #expect(!output.contains(colour + ";"), "\(colour)")
      }
      #expect(output.contains("\u{1b}[1m") || output.contains(";1m"))
      #expect(output.contains("\u{1b}[7m") || output.contains(";7m"))
      screen.close()
    }

    @Test func sizeIsTaken() async throws {
      let screen = try open()
      screen.draw(frame(Span(String(repeating: "x", count: 80))))
      terminal.resize(columns: 40)
      #expect(screen.resize() == Size(columns: 40, rows: 24))
      #expect(screen.size == Size(columns: 40, rows: 24))
      terminal.forget()
      screen.draw(frame(Span(String(repeating: "y", count: 80))))
      let output = terminal.output()
      #expect(output.count { $0 == "y" } == 40)
      screen.close()
    }

    @Test func suspensionHappensOnASaneTerminal() throws {
      let before = terminal.settings()
      let program = terminal.program
      let screen = try open(stopProcess: {
        #expect(PseudoTerminal.settings(of: program) == before)
        _ = try? program.writeAll("<stopped>".utf8)
      })
      screen.draw(frame(Span("still here"), cursor: Position(column: 0, row: 0)))
      let during = terminal.settings()
      terminal.forget()
      screen.suspend()
      #expect(terminal.settings() == during)
      let parts = terminal.output().split(separator: "<stopped>")
      try #require(parts.count == 2)
      #expect(parts[0].contains("\u{1b}[?2004l"))
      #expect(parts[0].contains("\u{1b}[?1049l"))
      #expect(parts[1].contains("\u{1b}[?1049h"))
      #expect(parts[1].contains("still here"))
      #expect(parts[1].contains("\u{1b}[?2004h"))
      screen.close()
      #expect(terminal.settings() == before)
    }

    @Test func everythingIsDrawnAnewWhenAskedFor() throws {
      let screen = try open()
      screen.draw(frame(Span("still here")))
      terminal.forget()
      screen.redraw()
      #expect(terminal.output().contains("still here"))
      screen.close()
    }

    @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foobar", "Zm9vYmFy"), ("héllo", "aMOpbGxv")])
    func clipboardGetsText(_ text: String, _ encoded: String) throws {
      let screen = try open()
      terminal.forget()
      #expect(screen.copyToClipboard(text))
      #expect(terminal.output() == "\u{1b}]52;c;\(encoded)\u{7}")
      #expect(!screen.copyToClipboard(String(repeating: "x", count: FullScreen.clipboardLimit + 1)))
      #expect(terminal.output().isEmpty)
      screen.close()
    }

    @Test(
      arguments: [
        ("dumb", .tooSimple), ("", .tooSimple), ("no-such-terminal", .unknownType), ("unknown", .unknownType),
      ] as [(String, FullScreenError.Code)])
    func impossibleTerminalsAreErrors(_ type: String, _ code: FullScreenError.Code) throws {
      let before = terminal.settings()
      let error = #expect(throws: FullScreenError.self) { try open(type: type) }
      #expect(error?.code == code)
      #expect(terminal.settings() == before)
      #expect(terminal.output().isEmpty)
    }

    @Test func whatIsNoTerminalIsRefused() throws {
      let (reader, writer) = try FileDescriptor.pipe()
      defer {
        try? reader.close()
        try? writer.close()
      }
      let error = #expect(throws: FullScreenError.self) {
        try FullScreen(input: reader, output: terminal.program)
      }
      #expect(error?.code == .notATerminal)
    }

    @Test func screenMayBeOpenedAgain() throws {
      for text in ["first", "second"] {
        let screen = try open()
        screen.draw(frame(Span(text)))
        #expect(terminal.output().contains(text))
        screen.close()
      }
    }
  }
}
