import Synchronization
import SystemPackage
import TerminalText
import Testing

@testable import Terminal

extension TerminalSuites {
  @Suite struct LineEditorTests {
    let terminal: PseudoTerminal

    init() throws {
      terminal = try PseudoTerminal()
    }

    private func makeEditor(
      history: History? = nil, suspend: @escaping @Sendable () -> Void = {}
    ) throws -> LineEditor {
      var configuration = LineEditor.Configuration()
      configuration.initialization = .none
      configuration.history = history
      configuration.suspend = suspend
      configuration.complete = {
        guard $0.hasPrefix(":") else { return nil }
        let word = $0
        let items = [":éins", ":zwei", ":zwölf"].filter { $0.hasPrefix(word) }
        let common = items.first.map { first in
          items.reduce(first) { String(zip($0, $1).prefix { $0 == $1 }.map(\.0)) }
        }
        return LineCompletion(commonRest: common.map { String($0.dropFirst(word.count)) }, items: items)
      }
      return try LineEditor(input: terminal.program, output: terminal.program, configuration: configuration)
    }

    /// Reads a line for which `keys` are typed once the prompt is there.
    private func line(
      typing keys: String, initialText: String = "", with editor: LineEditor
    ) async throws -> LineResult {
      terminal.forget()
      let reading = Task { try await editor.readLine(prompt: ">>> ", initialText: initialText) }
      let watchdog = Task {
        try await Task.sleep(for: .seconds(5))
        reading.cancel()
      }
      defer { watchdog.cancel() }
      try await terminal.wait(for: ">>> ")
      // Blanks are drawn as a movement of the cursor (CHA).
      if !initialText.isEmpty { try await terminal.wait(for: "\r\u{1b}[\(5 + initialText.count)G") }
      try terminal.type(keys)
      return try await reading.value
    }

    @Test(arguments: [
      ("abc\r", "abc"),
      ("\r", ""),
      ("ac\u{1b}[Db\r", "abc"),
      ("bc\u{1}a\r", "abc"),
      ("bc\u{1b}[Ha\u{1b}[Fd\r", "abcd"),
      ("abx\u{7f}c\r", "abc"),
      ("abc def\u{17}x\r", "abc x"),
      ("abc\u{1b}[D\u{1b}[D\u{1b}[3~\r", "ac"),
      ("é漢字\u{1f600}\r", "é漢字\u{1f600}"),
      ("é漢字x\u{7f}\u{7f}\u{1b}[De\u{301}\r", "ée\u{301}漢"),
      ("\tx\t\r", "    x"),
      ("x \t1\r", "x   1"),
      ("  \ty\r", "    y"),
      ("     \u{7f}y\r", "    y"),
      ("\t\t\u{7f}y\r", "    y"),
    ])
    func editing(keys: String, gives text: String) async throws {
      #expect(try await line(typing: keys, with: makeEditor()) == .line(text))
    }

    @Test(arguments: [
      (":é\t\r", ":éins"), (":z\t\r", ":zw"), (":z\te\t\r", ":zwei"), (":x\t\r", ":x"),
      (":zw\t\ti\r", ":zwi"),
    ])
    func completing(keys: String, gives text: String) async throws {
      #expect(try await line(typing: keys, with: makeEditor()) == .line(text))
    }

    @Test func whatCouldFollowIsListed() async throws {
      let editor = try makeEditor()
      async let result = editor.readLine(prompt: ">>> ", initialText: "")
      try await terminal.wait(for: ">>> ")
      try terminal.type(":zw\t")
      try await terminal.wait(for: ":zwei  :zwölf")
      try terminal.type("ö\t\r")
      #expect(try await result == .line(":zwölf"))
    }

    @Test func bytesThatAreNoTextDoNoHarm() async throws {
      let editor = try makeEditor()
      async let result = editor.readLine(prompt: ">>> ", initialText: "")
      try await terminal.wait(for: ">>> ")
      try terminal.type(bytes: [0x61, 0xff, 0xc3, 0x62, 0xed, 0xa0, 0x80, 0x63, 0x0d])
      #expect(try await result == .line("a\u{fffd}\u{fffd}b\u{fffd}\u{fffd}\u{fffd}c"))
    }

    @Test func initialTextCanBeEdited() async throws {
      let editor = try makeEditor()
      #expect(try await line(typing: "x\r", initialText: "    ", with: editor) == .line("    x"))
      #expect(try await line(typing: "\u{7f}x\r", initialText: "    ", with: editor) == .line("x"))
      #expect(try await line(typing: "x\r", with: editor) == .line("x"))
    }

    @Test func promptsMayDifferAndHaveColour() async throws {
      let editor = try makeEditor()
      async let first = editor.readLine(prompt: "\u{1b}[1;32m>>> \u{1b}[0m", initialText: "")
      try await terminal.wait(for: "\u{1b}[1;32m>>>\u{1b}[0m ")
      try terminal.type("ab\u{1b}[D\u{1b}[Dc\r")
      #expect(try await first == .line("cab"))
      async let second = editor.readLine(prompt: "... ")
      try await terminal.wait(for: "... ")
      try terminal.type("y\r")
      #expect(try await second == .line("y"))
    }

    @Test func interruptGivesUpTheLineOnly() async throws {
      let editor = try makeEditor()
      let before = terminal.settings()
      #expect(try await line(typing: "abc\u{1b}[D\u{3}", with: editor) == .interrupted)
      try await terminal.wait(for: "^C\r\n")
      #expect(terminal.settings() == before)
      #expect(try await line(typing: "x\r", with: editor) == .line("x"))
    }

    @Test func interruptEndsASearchToo() async throws {
      let editor = try makeEditor()
      #expect(try await line(typing: "\u{12}abc\u{3}", with: editor) == .interrupted)
      #expect(try await line(typing: "x\r", with: editor) == .line("x"))
    }

    @Test func endOfInputOnAnEmptyLine() async throws {
      let editor = try makeEditor()
      let before = terminal.settings()
      #expect(try await line(typing: "a\u{4}\u{7f}\u{4}", with: editor) == .endOfInput)
      #expect(terminal.settings() == before)
      #expect(try await line(typing: "x\r", with: editor) == .line("x"))
    }

    @Test func settingsAreTheSameBeforeAndAfter() async throws {
      let before = terminal.settings()
      do {
        let editor = try makeEditor()
        async let result = editor.readLine(prompt: ">>> ")
        try await terminal.wait(for: ">>> ")
        #expect(terminal.settings() != before)
        try terminal.type("x\r")
        _ = try await result
        #expect(terminal.settings() == before)
      }
      #expect(terminal.settings() == before)
    }

    @Test func arrowsRecallWholeBlocks() async throws {
      let history = History(path: nil)
      try history.append("first")
      let editor = try makeEditor(history: history)
      try history.append("def f():\n    return 1")
      #expect(try await line(typing: "\u{1b}[A\r", with: editor) == .line("def f():\n    return 1"))
      #expect(try await line(typing: "\u{1b}[A\u{1b}[A!\r", with: editor) == .line("first!"))
      #expect(try await line(typing: "x\u{1b}[A\u{1b}[B\r", with: editor) == .line("x"))
      try history.append("last")
      #expect(try await line(typing: "\u{10}\r", with: editor) == .line("last"))
      let found = try await line(typing: "\u{12}fir\r", with: editor)
      #expect(found == .line("first"))
    }

    @Test func pasteIsOneInsertion() async throws {
      let editor = try makeEditor()
      let keys = "\u{1b}[200~if x:\r\n\ty\u{1b}[A\r\u{1b}[201~\r"
      let pasted = try await line(typing: keys, with: editor)
      #expect(pasted == .line("if x:\n\ty[A\n"))
    }

    @Test func pasteWithoutMarksGetsNoIndentation() async throws {
      let editor = try makeEditor()
      try terminal.type("  x\n")
      #expect(try await editor.readLine(prompt: "... ", initialText: "    ") == .line("  x"))
    }

    @Test func linesBeyondTheScreenDoNoHarm() async throws {
      let editor = try makeEditor()
      let lines = String(repeating: "line\r", count: 30)
      let typed = String(repeating: "0123456789", count: 60)
      let result = try await line(typing: "\u{1b}[200~\(lines)\u{1b}[201~\(typed)\r", with: editor)
      #expect(result == .line(String(repeating: "line\n", count: 30) + typed))
    }

    @Test func cancellationRestoresTheTerminal() async throws {
      let editor = try makeEditor()
      let before = terminal.settings()
      let reading = Task { try await editor.readLine(prompt: ">>> ") }
      try await terminal.wait(for: ">>> ")
      let waiting = Task { try await editor.readLine(prompt: "other ") }
      waiting.cancel()
      reading.cancel()
      await #expect(throws: CancellationError.self) { try await reading.value }
      await #expect(throws: CancellationError.self) { try await waiting.value }
      #expect(terminal.settings() == before)
      #expect(try await line(typing: "x\r", with: editor) == .line("x"))
    }

    @Test func suspensionHappensOnASaneTerminal() async throws {
      let before = terminal.settings()
      let program = terminal.program
      let during = Mutex<[UInt8]>([])
      let editor = try makeEditor(suspend: {
        let settings = PseudoTerminal.settings(of: program)
        during.withLock { $0 = settings }
      })
      async let result = editor.readLine(prompt: ">>> ")
      try await terminal.wait(for: ">>> ")
      try terminal.type("ab\u{1a}")
      try await terminal.wait(for: ">>> ab")
      #expect(during.withLock { $0 } == before)
      try terminal.type("c\r")
      #expect(try await result == .line("abc"))
    }

    @Test func newSizeIsTaken() async throws {
      let editor = try makeEditor()
      async let result = editor.readLine(prompt: ">>> ")
      try await terminal.wait(for: ">>> ")
      terminal.resize(columns: 20)
      try terminal.type("a")
      try await terminal.wait(for: "\r>>> ")
      try terminal.type("bcdefghijklmnopqrstuvwxyz\r")
      #expect(try await result == .line("abcdefghijklmnopqrstuvwxyz"))
    }

    @Test func whatIsNoTerminalIsRefused() throws {
      let (reader, writer) = try FileDescriptor.pipe()
      defer {
        try? reader.close()
        try? writer.close()
      }
      #expect(throws: LineEditorError(code: .notATerminal)) {
        try LineEditor(input: reader, output: terminal.program, configuration: .init())
      }
    }

    @Test func hangupIsTheEndOfInput() async throws {
      let editor = try makeEditor()
      async let result = editor.readLine(prompt: ">>> ")
      try await terminal.wait(for: ">>> ")
      try terminal.hangUp()
      #expect(try await result == .endOfInput)
    }

    @Test func userFileIsReadAndCannotTakeAwayInterrupt() async throws {
      let file = FilePath("/tmp/editrc-\(UInt64.random(in: 0 ... .max))")
      let descriptor = try FileDescriptor.open(
        file, .writeOnly, options: [.create], permissions: .ownerReadWrite)
      try descriptor.closeAfter { _ = try descriptor.writeAll("bind -v\n".utf8) }
      defer { removeFile(file) }
      var configuration = LineEditor.Configuration()
      configuration.initialization = .file(file)
      let editor = try LineEditor(
        input: terminal.program, output: terminal.program, configuration: configuration)
      #expect(try await line(typing: "bc\u{1b}0ia\r", with: editor) == .line("abc"))
      #expect(try await line(typing: "bc\u{1b}\u{3}", with: editor) == .interrupted)
      #expect(try await line(typing: "x\r", initialText: "  ", with: editor) == .line("  x"))
      let pasted = try await line(typing: "c\u{1b}i\u{1b}[200~a\rb\u{1b}[201~\u{1b}[20x\r", with: editor)
      #expect(pasted == .line("\nbc"))
    }
  }
}
