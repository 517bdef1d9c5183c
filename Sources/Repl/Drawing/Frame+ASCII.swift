extension Frame {
  private static let replacements: [Character: String] = [
    "─": "-", "│": "|", "→": ">", "←": "<", "…": "~", "●": "*", "·": "-", "▸": ">", "µ": "u",
  ]

  /// The frame for a terminal that can show nothing but ASCII.
  var inASCII: Frame {
    var frame = self
    frame.rows = rows.map { row in
      row.map { span in
        if span.text.utf8.allSatisfy({ $0 < 0x80 }) { return span }
        let text = span.text.reduce(into: "") { text, character in
          let substitute = String(repeating: "?", count: DisplayWidth.of(character))
          text += character.isASCII ? String(character) : Self.replacements[character] ?? substitute
        }
        return Span(text, span.style)
      }
    }
    return frame
  }
}
