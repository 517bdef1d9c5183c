/// Colours Python's tracebacks.
enum TracebackHighlighter {
  static func lines(of text: String) -> [Line] {
    var text = text[...]
    while text.last == "\n" { text.removeLast() }
    return VisibleText.lines(of: text).map(line)
  }

  private static func line(_ text: String) -> Line {
    let content = text.drop { $0 == " " || $0 == "|" || $0 == "+" }
    let indent = text[..<content.startIndex]
    if content.hasPrefix("File \"") {
      return [Span(String(indent), .dim)] + location(content)
    }
    if !content.isEmpty, content.allSatisfy({ $0 == "^" || $0 == "~" || $0 == " " }) {
      return [Span(text, .errorText)]
    }
    if content.hasPrefix("Traceback (most recent call last)") || content.hasPrefix("During handling of")
      || content.hasPrefix("The above exception was") || content.hasPrefix("[Previous line repeated")
    {
      return [Span(text, .dim)]
    }
    // Quoted source is indented by four columns; the exception's message is not indented.
    if indent.count >= 4, !indent.contains("|") {
      return [Span(String(indent))] + (PythonHighlighter.lines(of: String(content)).first ?? [])
    }
    return exception(text)
  }

  /// Colours a line such as `File "x.py", line 3, in f`.
  private static func location(_ text: Substring) -> Line {
    guard let close = text.dropFirst(6).firstIndex(of: "\"") else { return [Span(String(text), .dim)] }
    let path = text[text.index(text.startIndex, offsetBy: 5)...close]
    return [Span("File ", .dim), Span(String(path), .string)]
      + text[text.index(after: close)...].split(separator: " ", omittingEmptySubsequences: false).enumerated()
      .map { index, word in
        let isNumber = word.first?.isNumber == true
        return Span((index > 0 ? " " : "") + word, isNumber ? .number : .dim)
      }
  }

  /// Colours a line such as `ValueError: what was wrong`.
  private static func exception(_ text: String) -> Line {
    let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    let rest = text[name.endIndex...]
    guard !name.isEmpty, rest.isEmpty || rest.hasPrefix(":") else { return [Span(text, .errorText)] }
    return [Span(String(name), .statusAlert), Span(String(rest), .errorText)]
  }
}
