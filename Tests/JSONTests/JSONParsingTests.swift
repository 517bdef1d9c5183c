import JSON
import Testing

@Suite struct JSONParsingTests {
  static let texts: [(String, JSON)] = [
    ("null", JSON.null), (" true ", true), ("false", false), ("0", 0), ("-0", 0), ("-17", -17),
    ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
    ("9223372036854775808", .digits("9223372036854775808")), ("1e999", .digits("1e999")),
    ("-1e999", .digits("-1e999")),
    ("1.5", 1.5), ("1.0", .number(1)), ("1e3", .number(1000)), ("1E-2", 0.01), ("-2.5e+1", .number(-25)),
    ("\"\"", ""), (#""a\"b\\c\/d\b\f\n\r\t""#, "a\"b\\c/d\u{8}\u{C}\n\r\t"), (#""\u00e9\u20AC""#, "é€"),
    (#""\ud83d\ude00""#, "😀"), ("\"😀é\"", "😀é"), (#""\u0000""#, "\u{0}"),
    ("[]", []), ("[ ]", []), ("[1, [2], {}]", [1, [2], [:]]),
    ("{}", [:]), (#"{"a": {"b": [null]} , "c":""}"#, ["a": ["b": [nil]], "c": ""]),
    ("\r\n\t [ 1 ,\n2 ] \n", [1, 2]),
  ]

  @Test(arguments: texts)
  func reads(_ text: String, _ expected: JSON) throws {
    #expect(try parse(text) == expected)
  }

  static let halfPairs: [(String, String)] = [
    (#""\ud800""#, "\u{FFFD}"), (#""\udc00x""#, "\u{FFFD}x"), (#""\ud800\ud800""#, "\u{FFFD}\u{FFFD}"),
    (#""\ud800\n""#, "\u{FFFD}\n"), (#""\ud800A""#, "\u{FFFD}A"),
    (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
  ]

  @Test(arguments: halfPairs)
  func replacesHalfASurrogatePair(_ text: String, _ expected: String) throws {
    #expect(try parse(text) == .string(expected))
  }

  static let malformed: [(String, Int)] = [
    ("", 0), ("  ", 2), ("nul", 3), ("nulL", 3), ("True", 0), ("NaN", 0), ("Infinity", 0), ("'a'", 0),
    ("01", 1), ("+1", 0), ("-", 1), ("-a", 1), (".5", 0), ("1.", 2), ("1.e1", 2), ("1e", 2), ("1e+", 3),
    ("0x10", 1), ("1 2", 2), ("[1,]", 3), ("[,1]", 1), ("[1 2]", 3), ("[1", 2),
    ("[", 1), ("]", 0), ("{", 1), ("{}}", 2), ("{\"a\"}", 4), ("{\"a\":}", 5), ("{\"a\":1,}", 7),
    ("{a:1}", 1), ("{1:1}", 1), ("{\"a\" 1}", 5), ("\"", 1), ("\"abc", 4), ("\"a\nb\"", 2),
    ("\"\u{1}\"", 1), (#""\x""#, 2), (#""\u12""#, 5), (#""\u12g4""#, 5), (#""\"#, 2), (#""\u"#, 3),
    ("\u{FEFF}1", 0), ("// no\n1", 0), ("1\0", 1),
  ]

  @Test(arguments: malformed)
  func refuses(_ text: String, at offset: Int) {
    let error = #expect(throws: JSONParseError.self) { try parse(text) }
    #expect(error?.offset == offset, "\(text): \(error?.reason ?? "")")
    #expect(error?.reason.hasSuffix(".") == true)
  }

  static let invalidUTF8: [([UInt8], Int)] = [
    ([0x22, 0xFF, 0x22], 1), ([0x22, 0x61, 0xC3, 0x22], 2), ([0x22, 0xC0, 0x80, 0x22], 1),
    ([0x22, 0xED, 0xA0, 0x80, 0x22], 1), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1), ([0xFF], 0),
    ([0x7B, 0x22, 0xFE, 0x22, 0x3A, 0x31, 0x7D], 2),
  ]

  @Test(arguments: invalidUTF8)
  func refusesInvalidUTF8(_ bytes: [UInt8], at offset: Int) {
    let error = #expect(throws: JSONParseError.self) { try JSON(parsing: bytes) }
    #expect(error?.offset == offset)
  }

  @Test func limitsDepth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try parse(nested(512)) }
    #expect(throws: JSONParseError.self) { try parse(nested(513)) }
    #expect(throws: JSONParseError.self) { try parse(String(repeating: "{\"a\":", count: 100_000)) }
    #expect(throws: Never.self) { try JSON(parsing: nested(3).utf8, maximumDepth: 3) }
    #expect(throws: JSONParseError.self) { try JSON(parsing: nested(4).utf8, maximumDepth: 3) }
    // Depth, not number: siblings do not add up.
    #expect(throws: Never.self) { try JSON(parsing: "[[],[],[],[]]".utf8, maximumDepth: 2) }
  }

  @Test func keepsOrderAndTheLastOfEqualNames() throws {
    let json = try parse(#"{"z":1,"a":2,"z":3}"#)
    #expect(json.objectValue.map { Array($0.keys) } == ["z", "a"])
    #expect(json["z"] == 3)
  }

  @Test func readsAnyKindOfSequence() throws {
    #expect(try JSON(parsing: AnySequence(Array("[1]".utf8))) == [1])
    #expect(try JSON(parsing: Array("x[1]".utf8)[1...]) == [1])
  }

  @Test func survivesMutilatedText() {
    var generator = SeededGenerator(state: 7)
    let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00\n",true,null,{"b":{}}],"ü":"😀"}"#.utf8)
    for _ in 0..<20_000 {
      var bytes = text
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.removeSubrange(position...)
        default: bytes.insert(bytes[position], at: position)
        }
        if bytes.isEmpty { break }
      }
      // Mutated text that is still JSON must come back unchanged.
      if let json = try? JSON(parsing: bytes) {
        #expect((try? JSON(parsing: json.encoded)) == json)
      }
    }
  }
}
