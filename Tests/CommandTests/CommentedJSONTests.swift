import MCP
import Testing

@testable import mcp_run_python

/// Settings as people write them keep all that is theirs.
@Suite struct CommentedJSONTests {
  private func changed(_ text: String, to value: JSON = ["command": "c", "args": ["a", "b"]]) throws -> String
  {
    var settings = CommentedJSON(text)
    try settings.set("python", in: "servers", to: value)
    return settings.text
  }

  @Test(arguments: ["", "\n", "// nothing yet\n"]) func aFileWithoutSettings(text: String) throws {
    #expect(
      try changed(text) == text + """
        {
          "servers": {
            "python": {
              "command": "c",
              "args": [
                "a",
                "b"
              ]
            }
          }
        }

        """)
  }

  @Test func commentsCommasAndIndentationStay() throws {
    let text = """
      // Mine
      {
          "theme": "dark", // not light
          "servers": {
              /* the first */ "other": {"command": "x", "args": ["}", "//"]}, // last of them
          },
      }
      """
    #expect(
      try changed(text, to: ["command": "c"]) == """
        // Mine
        {
            "theme": "dark", // not light
            "servers": {
                /* the first */ "other": {"command": "x", "args": ["}", "//"]}, // last of them
                "python": {
                    "command": "c"
                }
            },
        }
        """)
  }

  @Test(arguments: [
    ("{}", "{\n  \"servers\": {\n    \"python\": 1\n  }\n}"),
    ("{ \"a\": 1 }", "{ \"a\": 1,\n  \"servers\": {\n    \"python\": 1\n  }\n }"),
    ("{\n\t\"servers\": {}\n}", "{\n\t\"servers\": {\n\t\t\"python\": 1\n\t}\n}"),
    ("{\r\n  \"servers\": {\r\n  }\r\n}", "{\r\n  \"servers\": {\r\n    \"python\": 1\r\n  }\r\n}"),
    ("{\n  \"a\": 1 // one\n}\n", "{\n  \"a\": 1, // one\n  \"servers\": {\n    \"python\": 1\n  }\n}\n"),
    ("{\"servers\": {\"python\": {\"command\": \"old\"}}}", "{\"servers\": {\"python\": 1}}"),
    ("\u{FEFF}{}", "\u{FEFF}{\n  \"servers\": {\n    \"python\": 1\n  }\n}"),
  ]) func places(text: String, expected: String) throws {
    #expect(try changed(text, to: 1) == expected)
  }

  @Test func aSecondTimeChangesNothing() throws {
    for text in ["", "{}", "{\n\t\"servers\": {\"x\": 1,},\n}", "{ // c\n}"] {
      let once = try changed(text)
      #expect(try changed(once) == once)
    }
    // The same value in another layout is the same.
    let mine = "{\"servers\": {\"python\": {\"command\":\"c\",\"args\":[\"a\",  \"b\"]}}}"
    #expect(try changed(mine) == mine)
  }

  @Test func anotherValueTakesThePlaceOfTheFormer() throws {
    let first = try changed("{\n  // c\n  \"servers\": {\n    \"z\": 1\n  }\n}\n")
    let second = try changed(first, to: ["command": "d"])
    #expect(second.contains("\"d\"") && !second.contains("\"c\"") && second.contains("// c"))
    #expect(second.split(separator: "python").count == 2)
  }

  @Test(arguments: [
    "[]", "{\"servers\": []}", "{\"servers\": {", "{\"a\" 1}", "{a: 1}", "{\"a\": 1 \"b\": 2}", "{\"a\": \"",
    "{} {}",
    "{\"a\":}", "{\"servers\": {\"x\": [1, {\"y\": 2}", "{\"a\": /* 1 }",
  ]) func whatIsNoJSONIsRefused(text: String) {
    #expect(throws: CommentedJSON.Problem.self) { try changed(text) }
  }
}
