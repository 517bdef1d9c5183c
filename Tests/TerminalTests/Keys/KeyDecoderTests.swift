import Terminal
import TerminalText
import Testing

@Suite struct KeyDecoderTests {
  static let table: [(String, [Key])] = [
    ("aé漢\u{1f600}", ["a", "é", "漢", "\u{1f600}"].map(Key.character)),
    ("e\u{301}", [.character("e"), .character("\u{301}")]),
    ("\u{0}\u{1}\u{1a}\u{1c}\u{1d}\u{1e}\u{1f}", ["@", "a", "z", "\\", "]", "^", "_"].map(Key.control)),
    (
      "\r\t\u{7f}\u{8}\n",
      [.named(.enter), .named(.tab), .named(.backspace), .named(.backspace), .named(.enter)]
    ),
    // Alt
    ("\u{1b}a\u{1b}é", [.alt("a"), .alt("é")]),
    ("\u{1b}\r\u{1b}\n\u{1b}\u{7f}\u{1b}\t", [.enter, .enter, .backspace, .tab].map(Key.altNamed)),
    ("\u{1b}\u{1}", [.named(.escape), .control("a")]),
    ("\u{1b}\u{1b}[A\u{1b}\u{1b}OB", [.altNamed(.up), .altNamed(.down)]),
    ("\u{1b}\u{1b}x", [.named(.escape), .alt("x")]),
    // xterm
    ("\u{1b}[A\u{1b}[B\u{1b}[C\u{1b}[D", [.up, .down, .right, .left].map(Key.named)),
    ("\u{1b}OA\u{1b}OB\u{1b}OC\u{1b}OD", [.up, .down, .right, .left].map(Key.named)),
    ("\u{1b}[H\u{1b}[F\u{1b}OH\u{1b}OF", [.home, .end, .home, .end].map(Key.named)),
    ("\u{1b}[2~\u{1b}[3~\u{1b}[5~\u{1b}[6~", [.insert, .delete, .pageUp, .pageDown].map(Key.named)),
    ("\u{1b}OP\u{1b}OQ\u{1b}OR\u{1b}OS", [.f1, .f2, .f3, .f4].map(Key.named)),
    (
      "\u{1b}[15~\u{1b}[17~\u{1b}[18~\u{1b}[19~\u{1b}[20~\u{1b}[21~\u{1b}[23~\u{1b}[24~",
      [.f5, .f6, .f7, .f8, .f9, .f10, .f11, .f12].map(Key.named)
    ),
    ("\u{1b}[Z\u{1b}[1;2Z", [.named(.backTab), .named(.backTab)]),
    ("\u{1b}[1;2A\u{1b}[1;3A\u{1b}[1;5A", [.shiftNamed(.up), .altNamed(.up), .controlNamed(.up)]),
    ("\u{1b}[1;6C\u{1b}[1;4C\u{1b}[1;9C", [.controlNamed(.right), .altNamed(.right), .named(.right)]),
    ("\u{1b}[3;5~\u{1b}[5;3~\u{1b}[1;2P", [.controlNamed(.delete), .altNamed(.pageUp), .shiftNamed(.f1)]),
    ("\u{1b}OM\u{1b}Oj\u{1b}Oy", [.named(.enter), .character("*"), .character("9")]),
    ("\u{1b}O5A\u{1b}O1;5B", [.controlNamed(.up), .controlNamed(.down)]),
    // rxvt
    ("\u{1b}[7~\u{1b}[8~\u{1b}[11~\u{1b}[14~", [.home, .end, .f1, .f4].map(Key.named)),
    (
      "\u{1b}[a\u{1b}[d\u{1b}Oa\u{1b}Od",
      [.shiftNamed(.up), .shiftNamed(.left), .controlNamed(.up), .controlNamed(.left)]
    ),
    ("\u{1b}[3$\u{1b}[3^\u{1b}[3@", [.shiftNamed(.delete), .controlNamed(.delete), .controlNamed(.delete)]),
    // The Linux console, tmux and screen
    ("\u{1b}[[A\u{1b}[[E\u{1b}[[X", [.named(.f1), .named(.f5)]),
    ("\u{1b}[1~\u{1b}[4~", [.named(.home), .named(.end)]),
    // CSI u and modifyOtherKeys
    (
      "\u{1b}[13;3u\u{1b}[13;2u\u{1b}[13;5u\u{1b}[13u",
      [.altNamed(.enter), .shiftNamed(.enter), .controlNamed(.enter), .named(.enter)]
    ),
    ("\u{1b}[9;2u\u{1b}[27u\u{1b}[127;3u", [.named(.backTab), .named(.escape), .altNamed(.backspace)]),
    (
      "\u{1b}[97;5u\u{1b}[97;6u\u{1b}[97;3u\u{1b}[97;2u",
      [.control("a"), .control("a"), .alt("a"), .character("A")]
    ),
    ("\u{1b}[32;5u\u{1b}[47;5u\u{1b}[233u", [.control("@"), .character("é")]),
    ("\u{1b}[97:65;2:1u\u{1b}[97;1:3u\u{1b}[57441u", [.character("A")]),
    ("\u{1b}[27;3;13~\u{1b}[27;5;9~", [.altNamed(.enter), .controlNamed(.tab)]),
    // Pastes
    ("\u{1b}[200~a\r\nb\rc\nd\u{1b}[201~e", [.paste("a\nb\nc\nd"), .character("e")]),
    ("\u{1b}[200~\u{1b}[A\u{1b}[20\u{1b}\u{1b}[201~", [.paste("\u{1b}[A\u{1b}[20\u{1b}")]),
    ("\u{1b}[200~\u{1b}[201~\u{1b}[201~x", [.paste(""), .character("x")]),
    // The mouse
    (
      "\u{1b}[<64;10;5M\u{1b}[<65;1;1M",
      [.mouse(.wheelUp, Position(column: 9, row: 4)), .mouse(.wheelDown, Position(column: 0, row: 0))]
    ),
    (
      "\u{1b}[<0;300;2M\u{1b}[<0;300;2m",
      [.mouse(.press, Position(column: 299, row: 1)), .mouse(.release, Position(column: 299, row: 1))]
    ),
    (
      "\u{1b}[<80;3;3M\u{1b}[<32;3;3M\u{1b}[<2;3;3M\u{1b}[<66;1;1M",
      [.mouse(.wheelUp, Position(column: 2, row: 2))]
    ),
    ("\u{1b}[M !!x", [.character("x")]),
    // These bytes are no key.
    ("\u{1b}[I\u{1b}[O\u{1b}[?1;2c\u{1b}[12;40Rx", [.character("x")]),
    ("\u{1b}[?2004;1$y\u{1b}[>41;354;0c\u{1b}[99z\u{1b}[99~x", [.character("x")]),
    ("\u{1b}]11;rgb:0000/0000/0000\u{7}x\u{1b}P1+r\u{1b}\\y", [.character("x"), .character("y")]),
    ("\u{1b}[1;\u{1b}[Ax\u{1b}[3\rx", [.named(.up), .character("x"), .named(.enter), .character("x")]),
    ("\u{1b}]0\u{1b}[Ax", [.named(.up), .character("x")]),
    // Numbers have no sign, and no terminal is so large. One less than the smallest number was a crash.
    ("\u{1b}[1;-9223372036854775808A", [.named(.up)]),
    ("\u{1b}[<0;-9223372036854775808;1M\u{1b}[<0;1;-9223372036854775808Mx", [.character("x")]),
    ("\u{1b}[<0;9223372036854775807;1M\u{1b}[<0;1;65536Mx", [.character("x")]),
    ("\u{1b}[+3~\u{1b}[-3~x", [.character("x")]),
  ]

  @Test(arguments: table)
  func sequences(_ bytes: String, _ keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(decoder.feed(Array(bytes.utf8)) == keys)
    #expect(!decoder.isPending)
  }

  @Test(arguments: table)
  func inputMayBeSplitAnywhere(_ bytes: String, _ keys: [Key]) {
    var decoder = KeyDecoder()
    var single: [Key] = []
    for byte in bytes.utf8 { single += decoder.feed([byte]) }
    #expect(single == keys)
    let all = Array(bytes.utf8)
    for split in 0...all.count {
      #expect(decoder.feed(all[..<split]) + decoder.feed(all[split...]) == keys, "at \(split)")
    }
  }

  @Test(
    arguments: [
      ("\u{1b}", [.named(.escape)]),
      ("\u{1b}\u{1b}", [.named(.escape), .named(.escape)]),
      ("\u{1b}[", [.alt("[")]),
      ("\u{1b}O", [.alt("O")]),
      ("\u{1b}]", [.alt("]")]),
      ("\u{1b}P", [.alt("P")]),
      ("\u{1b}[1;", []),
      ("\u{1b}]0;title", []),
      ("x", []),
    ] as [(String, [Key])])
  func pausesDecide(_ bytes: String, _ keys: [Key]) {
    var decoder = KeyDecoder()
    let before = decoder.feed(Array(bytes.utf8))
    #expect(decoder.isPending == before.isEmpty)
    #expect(decoder.flush() == keys)
    #expect(!decoder.isPending)
    #expect(decoder.feed(Array("[Aa".utf8)) == ["[", "A", "a"].map(Key.character))
  }

  @Test func pauseDoesNotEndAPaste() {
    var decoder = KeyDecoder()
    #expect(decoder.feed(Array("\u{1b}[200~a\u{1b}[20".utf8)).isEmpty)
    #expect(!decoder.isPending)
    #expect(decoder.flush().isEmpty)
    #expect(decoder.feed(Array("1~".utf8)) == [.paste("a")])
  }

  @Test(
    arguments: [
      ([0xff], "\u{fffd}"), ([0xc3, 0x62], "\u{fffd}b"), ([0xed, 0xa0, 0x80], "\u{fffd}\u{fffd}\u{fffd}"),
      ([0xe6, 0xbc, 0x61], "\u{fffd}a"), ([0x80, 0xc3, 0xa9], "\u{fffd}é"),
    ] as [([UInt8], String)])
  func whatIsNoTextIsReplaced(_ bytes: [UInt8], _ text: String) {
    var decoder = KeyDecoder()
    #expect(decoder.feed(bytes) == text.map(Key.character))
    #expect(decoder.feed([0xe6]).isEmpty)
    #expect(decoder.isPending)
    #expect(decoder.flush() == [.character("\u{fffd}")])
    #expect(decoder.feed([0x1b, 0xff]) == [.alt("\u{fffd}")])
  }

  @Test(.timeLimit(.minutes(1))) func longPasteIsOneKey() {
    let line = "    value = some_function(argument)  # é\r"
    let text = String(repeating: line, count: 1_000_000 / line.utf8.count)
    let bytes = Array("\u{1b}[200~\(text)\u{1b}[201~".utf8)
    var decoder = KeyDecoder()
    var keys: [Key] = []
    for offset in stride(from: 0, to: bytes.count, by: 4_096) {
      keys += decoder.feed(bytes[offset..<min(offset + 4_096, bytes.count)])
    }
    #expect(keys == [.paste(text.split(separator: "\r").map { $0 + "\n" }.joined())])
  }

  @Test func noiseDoesNoHarm() {
    var generator = SystemRandomNumberGenerator()
    var decoder = KeyDecoder()
    for _ in 0..<200 {
      let bytes = (0..<200).map { _ -> UInt8 in
        Bool.random(using: &generator)
          ? [0x1b, 0x5b, 0x4f, 0x3b, 0x31, 0x7e].randomElement() ?? 0 : .random(in: 0...255)
      }
      _ = decoder.feed(bytes)
      _ = decoder.flush()
      _ = decoder.feed(Array("\u{1b}[201~".utf8))
      #expect(decoder.feed([0x61]) == [.character("a")])
    }
  }

  @Test func aBackgroundIsToldAmongKeys() {
    var decoder = KeyDecoder()
    var keys: [Key] = []
    for byte in Array("a\u{1b}]11;rgb:ffff/8080/00".utf8) {
      keys += decoder.feed([byte])
    }
    // The rest of an answer may come late.
    #expect(!decoder.isPending && decoder.takeAnswers().isEmpty)
    keys += decoder.feed(Array("ff\u{1b}\\b".utf8))
    #expect(keys == [.character("a"), .character("b")])
    #expect(decoder.takeAnswers() == [.background(.rgb(red: 255, green: 128, blue: 0))])
    #expect(decoder.takeAnswers().isEmpty)
  }

  @Test(
    arguments: [
      ("11;rgb:f/0/8", (255, 0, 136)), ("11;rgba:ffff/ffff/ffff/0000", (255, 255, 255)),
      ("11;rgb:ffff/ffff", nil), ("10;rgb:f/f/f", nil), ("11;rgb:g/0/0", nil), ("11;?", nil),
    ] as [(String, (Int, Int, Int)?)])
  func onlyABackgroundIsOne(_ body: String, _ parts: (Int, Int, Int)?) {
    var decoder = KeyDecoder()
    #expect(decoder.feed(Array("\u{1b}]\(body)\u{07}".utf8)).isEmpty)
    let colour = parts.map {
      TextLook.Colour.rgb(red: UInt8($0.0), green: UInt8($0.1), blue: UInt8($0.2))
    }
    #expect(decoder.takeAnswers() == (colour.map { [.background($0)] } ?? []))
  }
}
