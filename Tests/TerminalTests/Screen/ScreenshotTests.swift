import SystemPackage
import TerminalText
import Testing

@testable import Terminal

extension TerminalSuites {
  /// The look of frames in a terminal emulator.
  @Suite(.enabled(if: Multiplexer.isInstalled, "tmux is not installed")) struct ScreenshotTests {
    let terminal: Multiplexer

    init() throws {
      terminal = try Multiplexer(columns: 20, rows: 5)
    }

    private func open(colour: Bool = true) throws -> FullScreen {
      var configuration = FullScreen.Configuration()
      configuration.type = "screen-256color"
      configuration.colour = colour
      return try FullScreen(input: terminal.program, output: terminal.program, configuration: configuration)
    }

    private func show(_ rows: [String], cursor: Position? = nil, on screen: FullScreen) {
      screen.draw(Frame(size: screen.size, rows: rows.map { [Span($0)] }, cursor: cursor))
    }

    @Test func framesAreShownToTheLastCell() async throws {
      let screen = try open()
      let rows = [
        "01234567890123456789", "漢字e\u{301}\u{1f600}|", "", "  indented", "abcdefghijklmnopqrst",
      ]
      show(rows, cursor: Position(column: 6, row: 1), on: screen)
      #expect(try await terminal.wait { $0 == rows })
      #expect(terminal.value("#{cursor_x},#{cursor_y},#{cursor_flag},#{alternate_on}") == "6,1,1,1")
      let emoji = "\u{1f468}\u{200d}\u{1f469}|\u{1f44d}\u{1f3fd}|"
      show(["漢".repeated(10), "x" + "漢".repeated(10), emoji], on: screen)
      let expected = ["漢".repeated(10), "x" + "漢".repeated(9), "\u{1f468}|\u{1f44d}|", "", ""]
      #expect(try await terminal.wait { $0 == expected.dropLast(2) || $0 == expected })
      #expect(terminal.value("#{cursor_flag}") == "0")
      show(["x漢y", "漢".repeated(9) + "xy", "a"], on: screen)
      #expect(try await terminal.wait { $0.starts(with: ["x漢y", "漢".repeated(9) + "xy", "a"]) })
      screen.close()
      #expect(terminal.value("#{cursor_flag},#{alternate_on}") == "1,0")
      #expect(terminal.screen().allSatisfy { $0.isEmpty })
    }

    @Test func randomFramesAreShownAsTheyAre() async throws {
      let screen = try open()
      var generator = SystemRandomNumberGenerator()
      let pieces = ["a", "bc", " ", "漢", "e\u{301}", "\u{1f600}", "─", "│", "é", "ß"]
      for _ in 0..<12 {
        let rows = (0..<5).map { _ in
          var row = ""
          while DisplayWidth.of(row) < 19, Int.random(in: 0..<30, using: &generator) > 0 {
            row += pieces.randomElement(using: &generator) ?? ""
          }
          return row
        }
        let spans = rows.map { row in
          row.map { Span(String($0), Style(Style.Role.allCases.randomElement(using: &generator) ?? .plain)) }
        }
        let frame = Frame(size: screen.size, rows: spans)
        screen.draw(frame)
        var expected = frame.text
        while expected.last == "" { expected.removeLast() }
        #expect(try await terminal.wait { $0.starts(with: expected) }, "\(expected) but \(terminal.screen())")
      }
      screen.close()
    }

    @Test func stylesAreColours() async throws {
      let screen = try open()
      screen.draw(Frame(size: screen.size, rows: [[Span("red", .errorText), Span("bar", .status)]]))
      #expect(try await terminal.wait { $0.first == "redbar" })
      let line = try #require(terminal.screen(styled: true).first)
      #expect(line.contains("\u{1b}[38;5;203mred"))
      #expect(line.contains("48;5;236m"))
      screen.close()
    }

    @Test func withoutColourThereIsNone() async throws {
      let screen = try open(colour: false)
      let spans = [Span("red", .errorText), Span("bar", .status), Span("x")]
      screen.draw(Frame(size: screen.size, rows: [spans]))
      #expect(try await terminal.wait { $0.first == "redbarx" })
      let line = try #require(terminal.screen(styled: true).first)
      // tmux tells the terminal's own colours, too.
      let plain = line.replacing("\u{1b}[39m", with: "").replacing("\u{1b}[49m", with: "")
      #expect(plain == "\u{1b}[1mred\u{1b}[0;7mbar\u{1b}[0mx")
      screen.close()
    }

    @Test func anotherSizeIsDrawnAnew() async throws {
      let screen = try open()
      show(["01234567890123456789", "", "", "", "last"], on: screen)
      #expect(try await terminal.wait { $0.last == "last" })
      for (columns, rows) in [(40, 8), (10, 3), (30, 4)] {
        terminal.resize(columns: columns, rows: rows)
        #expect(try await terminal.wait { _ in screen.resize() == Size(columns: columns, rows: rows) })
        let lines = (0..<rows).map { "\($0)".padded(to: columns) }
        show(lines, on: screen)
        #expect(try await terminal.wait { $0 == lines }, "\(terminal.screen())")
      }
      screen.close()
    }

    @Test func foreignOutputIsDrawnOver() async throws {
      let screen = try open()
      show(["one", "two"], on: screen)
      #expect(try await terminal.wait { $0.first == "one" })
      _ = try terminal.program.writeAll("\u{1b}[2J\u{1b}[Hnoise\u{1b}[?1049l".utf8)
      screen.redraw()
      #expect(try await terminal.wait { $0.starts(with: ["one", "two"]) })
      #expect(terminal.value("#{alternate_on}") == "1")
      screen.close()
    }

    @Test func keysComeThroughATerminal() async throws {
      let screen = try open()
      let input = try KeyInput(terminal: screen.input)
      var events = input.events.makeAsyncIterator()
      terminal.tmux("send-keys a é Up C-Left M-Enter F5 BSpace Escape")
      let keys: [Key] = [
        .character("a"), .character("é"), .named(.up), .controlNamed(.left), .altNamed(.enter), .named(.f5),
        .named(.backspace), .named(.escape),
      ]
      for key in keys { #expect(await events.next() == .key(key)) }
      terminal.tmux("set-buffer 'x = 1\ny = 2\n' \\; paste-buffer -p")
      #expect(await events.next() == .key(.paste("x = 1\ny = 2\n")))
      await input.stop()
      screen.close()
    }
  }
}

extension String {
  fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }

  fileprivate func padded(to columns: Int) -> String {
    self + String(repeating: "-", count: columns - count)
  }
}
