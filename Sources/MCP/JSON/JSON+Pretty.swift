extension JSON {
  /// Writes the value for people: one member or element a line; empty arrays and objects stay on one line.
  ///
  /// - Parameter indent: The spaces for each level.
  public func pretty(indent: Int = 2) -> String {
    var text = ""
    writePretty(into: &text, indent: max(0, indent), level: 0)
    return text
  }

  private func writePretty(into text: inout String, indent: Int, level: Int) {
    switch self {
    case .array(let elements) where !elements.isEmpty:
      text += "["
      for (position, element) in elements.enumerated() {
        text += position == 0 ? "\n" : ",\n"
        text += String(repeating: " ", count: indent * (level + 1))
        element.writePretty(into: &text, indent: indent, level: level + 1)
      }
      text += "\n" + String(repeating: " ", count: indent * level) + "]"
    case .object(let members) where !members.isEmpty:
      text += "{"
      for (position, member) in members.enumerated() {
        text += position == 0 ? "\n" : ",\n"
        text += String(repeating: " ", count: indent * (level + 1))
        text += JSON.string(member.key).text + ": "
        member.value.writePretty(into: &text, indent: indent, level: level + 1)
      }
      text += "\n" + String(repeating: " ", count: indent * level) + "}"
    default:
      text += self.text
    }
  }
}
