/// Replaces the angle brackets of all that a reader could take for the tag `name`: `<name` or `</ name`, in
/// any case, up to the next `>` of that line if there is one.
func escapingTag(_ name: String, in text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
  var result = ""
  var rest = text.unicodeScalars[...]
  while let start = rest.firstIndex(of: "<") {
    result.unicodeScalars += rest[..<start]
    guard let end = endOfTag(name, in: rest[start...]) else {
      result += "<"
      rest = rest[rest.index(after: start)...]
      continue
    }
    for scalar in rest[start..<end] {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    rest = rest[end...]
  }
  result.unicodeScalars += rest
  return result
}

/// The end of the tag that `text` begins with; nil when it begins with none.
private func endOfTag(_ name: String, in text: Substring.UnicodeScalarView) -> String.Index? {
  var rest = text.dropFirst()
  if rest.first == "/" { rest = rest.dropFirst() }
  rest = rest.drop { $0.properties.isWhitespace }
  for expected in name.unicodeScalars {
    guard let scalar = rest.popFirst(), scalar.properties.lowercaseMapping == String(expected) else {
      return nil
    }
  }
  let line = rest.prefix { $0 != "\n" && $0 != "\r" && $0 != "\u{2028}" && $0 != "\u{2029}" }
  return line.firstIndex(of: ">").map(rest.index(after:)) ?? rest.startIndex
}
