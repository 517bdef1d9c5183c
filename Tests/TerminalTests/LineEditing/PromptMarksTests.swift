import Testing

@testable import Terminal

@Suite struct PromptMarksTests {
  @Test(arguments: [
    (">>> ", ">>> "),
    ("", ""),
    ("\u{1b}[32m>\u{1b}[0m ", "\u{1}\u{1b}[32m\u{1}>\u{1}\u{1b}[0m\u{1} "),
    ("\u{1b}[32m> \u{1b}[0m", "\u{1}\u{1b}[32m\u{1}>\u{1}\u{1b}[0m\u{1} "),
    ("\u{1b}[1m\u{1b}[32m> ", "\u{1}\u{1b}[1m\u{1b}[32m\u{1}> "),
    ("\u{1b}[1m>\u{1b}[0m", "\u{1}\u{1b}[1m\u{1b}[0m\u{1}>"),
  ])
  func sequencesAreMarked(_ prompt: String, _ marked: String) {
    #expect(PromptMarks.marked(prompt) == marked)
  }

  @Test(arguments: [
    ("abc", "abc"),
    ("a\r\nb\rc\nd", "a\nb\nc\nd"),
    ("a\u{1b}[31mb\u{9b}\u{7f}c\td", "a[31mbc\td"),
    ("\u{1b}\u{1b}[20", "[20"),
  ])
  func pastedTextIsCleaned(_ sent: String, _ text: String) {
    var pasted = PastedText()
    for scalar in sent.unicodeScalars { pasted.append(scalar) }
    #expect(!pasted.isWhole)
    for scalar in "\u{1b}[201~".unicodeScalars { pasted.append(scalar) }
    #expect(pasted.isWhole)
    #expect(pasted.text == text)
  }
}
