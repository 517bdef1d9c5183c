import JSON
import Testing

@Suite struct JSONWritingTests {
  static let values: [(JSON, String)] = [
    (JSON.null, "null"), (true, "true"), (.integer(.min), "-9223372036854775808"), (.number(3), "3.0"),
    (0.1, "0.1"), (.number(.nan), "null"), (.number(.infinity), "null"), (.number(-.infinity), "null"),
    ("a\"b\\c/\n\r\t", #""a\"b\\c/\n\r\t""#), ("\u{8}\u{0}\u{1F}", #""\u0008\u0000\u001f""#),
    ("\u{7F}é😀\u{2028}", "\"\u{7F}é😀\u{2028}\""),
    ([], "[]"), ([:], "{}"), ([1, [nil]], "[1,[null]]"), (["b": 1, "a": [:]], #"{"b":1,"a":{}}"#),
  ]

  @Test(arguments: values)
  func writesCompactly(_ json: JSON, _ expected: String) {
    #expect(json.text == expected)
  }

  @Test func writesForPeople() {
    let json: JSON = ["a": [1, [:], []], "b": ["c": "x\ny"]]
    #expect(
      json.pretty() == """
        {
          "a": [
            1,
            {},
            []
          ],
          "b": {
            "c": "x\\ny"
          }
        }
        """)
    #expect(json.pretty(indent: 0).hasPrefix("{\n\"a\": [\n1,"))
  }

  @Test func appends() {
    var buffer = Array("x".utf8)
    JSON.integer(1).write(into: &buffer)
    #expect(buffer == Array("x1".utf8))
  }

  @Test func readsBackWhatItWrites() throws {
    var generator = SeededGenerator(state: 20_260_728)
    for _ in 0..<3000 {
      let json = JSON.random(depth: 5, using: &generator)
      let bytes = json.encoded
      #expect(!bytes.contains { $0 < 0x20 })
      #expect(try JSON(parsing: bytes) == json)
      #expect(try parse(json.pretty()) == json)
    }
  }

  @Test func givesAccess() {
    let json: JSON = ["i": 3, "d": 3.0, "f": 3.5, "s": "x", "b": true, "a": [1], "n": nil]
    #expect(json["i"]?.intValue == 3)
    #expect(json["d"]?.intValue == 3)
    #expect(json["f"]?.intValue == nil)
    #expect(JSON.number(1e300).intValue == nil)
    #expect(json["i"]?.doubleValue == 3)
    #expect(json["s"]?.stringValue == "x")
    #expect(json["b"]?.boolValue == true)
    #expect(json["b"]?.intValue == nil)
    #expect(json["a"]?[0] == 1)
    #expect(json["a"]?[1] == nil)
    #expect(json["a"]?[-1] == nil)
    #expect(json["n"]?.isNull == true)
    #expect(json["missing"] == nil)
    #expect(json[0] == nil)
  }
}
