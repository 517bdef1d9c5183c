import TerminalText
import Testing

@Suite struct OutputReaderTests {
  private typealias Piece = OutputReader.Piece

  private func read(_ text: String) -> [Piece] {
    var reader = OutputReader()
    return reader.read(text)
  }

  private func look(_ parameters: String) -> TextLook? {
    guard case .text("x", let look)? = read("\u{1b}[\(parameters)mx").first else { return nil }
    return look
  }

  @Test(
    arguments: [
      ("", .plain), ("0", .plain), ("1;0", .plain), ("1;;3", TextLook(attributes: .italic)),
      ("1;2;3;4;7;9", TextLook(attributes: [.bold, .dim, .italic, .underline, .reverse, .strike])),
      ("1;2;3;4;7;9;22;24;27;29", TextLook(attributes: .italic)), ("3;23", .plain),
      ("4:3", TextLook(attributes: .underline)), ("4;4:0", .plain), ("21", TextLook(attributes: .underline)),
      ("31;42", TextLook(foreground: .palette(1), background: .palette(2))), ("31;42;39;49", .plain),
      ("97;100", TextLook(foreground: .palette(15), background: .palette(8))),
      ("38;5;208", TextLook(foreground: .palette(208))), ("48:5:17", TextLook(background: .palette(17))),
      ("38;2;1;2;3;1", TextLook(foreground: .rgb(red: 1, green: 2, blue: 3), attributes: .bold)),
      ("48:2::1:2:3", TextLook(background: .rgb(red: 1, green: 2, blue: 3))),
      ("48:2:1:2:3", TextLook(background: .rgb(red: 1, green: 2, blue: 3))),
      // The colour of an underline is not taken for attributes.
      ("58;5;1;3", TextLook(attributes: .italic)), ("58;2;1;2;3;3", TextLook(attributes: .italic)),
      // These are no colours.
      ("38;5;256", .plain), ("38;2;1;2", .plain), ("38", .plain), ("38;5", .plain), ("48:9:1", .plain),
      ("99999999999999999999;1", TextLook(attributes: .bold)), ("5;6;8;53;1000", .plain),
    ] as [(String, TextLook)])
  func stylesAreRead(_ parameters: String, _ wanted: TextLook) {
    #expect(look(parameters) == wanted)
  }

  @Test func attributesAddUpUntilTheyAreReset() {
    #expect(
      read("a\u{1b}[1mb\u{1b}[31mc\u{1b}[md") == [
        .text("a", .plain), .text("b", TextLook(attributes: .bold)),
        .text("c", TextLook(foreground: .palette(1), attributes: .bold)), .text("d", .plain),
      ])
  }

  @Test func movesAreRead() {
    let text = "a\rb\u{8}\u{1b}[K\u{1b}[0K\u{1b}[1K\u{1b}[2K\u{1b}[A\u{1b}[0A\u{1b}[7A\u{1b}[3B\r\n"
    #expect(
      read(text) == [
        .text("a", .plain), .carriageReturn, .text("b", .plain), .backspace, .erase(.toEnd), .erase(.toEnd),
        .erase(.toStart), .erase(.all), .up(1), .up(1), .up(7), .down(3), .newline,
      ])
  }

  @Test(arguments: [
    "\u{1b}[2J", "\u{1b}[H", "\u{1b}[?1049h", "\u{1b}[?25l", "\u{1b}[6n", "\u{1b}[c", "\u{1b}[>4;2m",
    "\u{1b}[?1m",
    "\u{1b}[1 q", "\u{1b}[!p", "\u{1b}[3K", "\u{1b}[1;2A", "\u{1b}[=1K",
    "\u{1b}c", "\u{1b}7", "\u{1b}(B", "\u{1b}#8", "\u{1b} F", "\u{1b}\\",
    "\u{1b}]0;title\u{7}", "\u{1b}]0;title\u{1b}\\", "\u{1b}]52;c;eA==\u{7}", "\u{1b}]8;;http://a\u{1b}\\",
    "\u{1b}P1;2q#0~\u{1b}\\", "\u{1b}_Gf=100;AAAA\u{1b}\\", "\u{1b}^x\u{1b}\\", "\u{1b}Xé\u{9c}\u{1b}\\",
    "\u{1b}]given up\u{18}", "\u{1b}]one\u{1b}]two\u{7}", "\u{1b}]one\u{1b}[2J", "\u{1b}\u{1b}[2J",
  ])
  func otherSequencesAreDroppedWithoutTrace(_ sequence: String) {
    #expect(read("a\(sequence)b") == [.text("a", .plain), .text("b", .plain)])
  }

  @Test(
    arguments: [
      // A character that cannot be in a sequence ends it, and is text.
      ("\u{1b}[31é", [.text("é", .plain)]),
      ("\u{1b}é", [.text("é", .plain)]),
      ("\u{1b}[3\n1m", [.newline, .text("1m", .plain)]),
      ("\u{1b}]title\nx", [.newline, .text("x", .plain)]),
      ("\u{1b}\n", [.newline]),
      ("a\u{1b}", [.text("a", .plain)]),
      ("\u{1b}[", []),
      ("\u{9b}31m", [.text("\u{9b}31m", .plain)]),
      ("\u{7}\t", [.text("\u{7}\t", .plain)]),
    ] as [(String, [OutputReader.Piece])])
  func malformedSequencesEnd(_ text: String, _ pieces: [OutputReader.Piece]) {
    #expect(read(text) == pieces)
  }

  @Test(arguments: ["\u{1b}]", "\u{1b}P", "\u{1b}[", "\u{1b}(", "\u{1b}[1;"])
  func endlessSequencesAreGivenUp(_ start: String) {
    let filler = start == "\u{1b}(" ? " " : "1"
    var reader = OutputReader()
    var count = 0
    for piece in reader.read(start + String(repeating: filler, count: 1 << 17) + "end") {
      if case .text(let text, .plain) = piece { count += text.utf8.count }
    }
    #expect(count > 1 << 15)
    #expect(reader.read("\u{1b}[1mx") == [.text("x", TextLook(attributes: .bold))])
  }

  @Test func textsMayBeCutAnywhere() {
    let text =
      "a\u{1b}[1;38;2;1;2;3mé漢\u{1b}]8;;http://é\u{1b}\\link\u{1b}[0m\r\u{1b}[2Kx\u{1b}[1A\n\u{1b}P1\u{1b}\\y\u{1b}(Bz"
    let whole = joined(read(text))
    let scalars = Array(text.unicodeScalars)
    for cut in 0...scalars.count {
      var reader = OutputReader()
      func part(_ range: Range<Int>) -> [Piece] {
        reader.read(String(String.UnicodeScalarView(scalars[range])))
      }
      #expect(joined(part(0..<cut) + part(cut..<scalars.count)) == whole, "cut at \(cut)")
    }
    var reader = OutputReader()
    #expect(joined(scalars.flatMap { reader.read(String($0)) }) == whole)
  }

  @Test func aResetForgetsTheLookAndTheSequence() {
    var reader = OutputReader()
    _ = reader.read("\u{1b}[31mred\u{1b}[3")
    reader.reset()
    #expect(reader.read("1m") == [.text("1m", .plain)])
  }

  /// Joins texts that follow each other.
  private func joined(_ pieces: [Piece]) -> [Piece] {
    pieces.reduce(into: []) { result, piece in
      if case .text(let more, let look) = piece, case .text(let text, look)? = result.last {
        result[result.count - 1] = .text(text + more, look)
      } else {
        result.append(piece)
      }
    }
  }
}
