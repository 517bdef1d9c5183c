internal import MCP

/// Lays JSON out for people, coloured.
enum JSONHighlighter {
  private static let indent = 2

  static func lines(of json: JSON) -> [Line] {
    var writer = Writer()
    writer.write(json, level: 0)
    return writer.lines
  }

  private struct Writer {
    var lines: [Line] = [[]]

    mutating func put(_ text: String, _ role: Style.Role) {
      lines[lines.count - 1].append(Span(VisibleText.of(text), role))
    }

    mutating func newLine(_ level: Int) {
      lines.append(level > 0 ? [Span(String(repeating: " ", count: indent * level))] : [])
    }

    mutating func write(_ json: JSON, level: Int) {
      switch json {
      case .null, .bool: put(json.text, .jsonLiteral)
      case .integer, .number, .digits: put(json.text, .jsonNumber)
      case .string: put(json.text, .jsonString)
      case .array(let elements) where !elements.isEmpty:
        put("[", .operatorText)
        for (index, element) in elements.enumerated() {
          if index > 0 { put(",", .operatorText) }
          newLine(level + 1)
          write(element, level: level + 1)
        }
        newLine(level)
        put("]", .operatorText)
      case .object(let members) where !members.isEmpty:
        put("{", .operatorText)
        for (index, member) in members.enumerated() {
          if index > 0 { put(",", .operatorText) }
          newLine(level + 1)
          put(JSON.string(member.key).text, .jsonKey)
          put(": ", .operatorText)
          write(member.value, level: level + 1)
        }
        newLine(level)
        put("}", .operatorText)
      case .array, .object: put(json.text, .operatorText)
      }
    }
  }
}
