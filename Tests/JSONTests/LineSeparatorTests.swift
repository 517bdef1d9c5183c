import Testing

@testable import JSON

@Suite struct LineSeparatorTests {
  @Test func areEscapedOnTheWireOnly() throws {
    let value = JSON.string("\u{2028}a\u{2029}\u{85}\u{2027}\u{E9}")
    #expect(
      String(decoding: value.encoded, as: UTF8.self)
        == #""\u2028a\u2029\u0085\u{2027}\u{E9}""#
        .replacing(#"\u{2027}"#, with: "\u{2027}").replacing(#"\u{E9}"#, with: "\u{E9}"))
    #expect(value.text.unicodeScalars.contains("\u{2028}"))
    #expect(try JSON(parsing: value.encoded) == value)
  }
}
