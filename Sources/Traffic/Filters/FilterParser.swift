internal import MCP

/// Reads the language of ``Filter``.
struct FilterParser {
  private let characters: [Character]
  private var position = 0

  init(_ source: String) {
    characters = Array(source)
  }

  mutating func parse() throws(FilterError) -> [[Term]] {
    var alternatives: [[Term]] = [[]]
    while skipBlanks(), let character = current {
      if character == "|" {
        guard alternatives.last?.isEmpty == false else { throw failure("A term is missing before \"|\".") }
        position += 1
        alternatives.append([])
      } else {
        alternatives[alternatives.count - 1].append(try parseTerm())
      }
    }
    if alternatives.count > 1, alternatives.last?.isEmpty == true {
      throw failure("A term is missing after \"|\".")
    }
    return alternatives
  }

  private var current: Character? { position < characters.count ? characters[position] : nil }

  /// Skips blanks. It is always true, so that it can stand in a condition.
  private mutating func skipBlanks() -> Bool {
    while let character = current, character.isWhitespace { position += 1 }
    return true
  }

  private func failure(_ reason: String, at position: Int? = nil) -> FilterError {
    FilterError(position: position ?? self.position, reason: reason)
  }

  private mutating func parseTerm() throws(FilterError) -> Term {
    let isNegated = current == "-" || current == "!"
    if isNegated { position += 1 }
    let start = position
    if let key = takeKey() {
      let valueStart = position
      let value = try takeValue()
      guard !value.isEmpty else { throw failure("A value is missing after \"\(key):\".", at: valueStart) }
      return Term(
        condition: try condition(key, value, keyAt: start, valueAt: valueStart), isNegated: isNegated)
    }
    let text = try takeValue()
    guard !text.isEmpty else { throw failure("A term is missing.", at: start) }
    return Term(condition: .text(TextFinder(text)), isNegated: isNegated)
  }

  /// Takes the letters before a colon.
  private mutating func takeKey() -> String? {
    var end = position
    while end < characters.count, characters[end].isLetter { end += 1 }
    guard end > position, end < characters.count, characters[end] == ":" else { return nil }
    defer { position = end + 1 }
    return String(characters[position..<end]).lowercased()
  }

  private mutating func takeValue() throws(FilterError) -> String {
    guard current == "\"" else {
      let start = position
      while let character = current, !character.isWhitespace, character != "|" { position += 1 }
      return String(characters[start..<position])
    }
    let start = position
    var value = ""
    position += 1
    while let character = current {
      position += 1
      switch character {
      case "\"": return value
      case "\\":
        guard let escaped = current else { continue }
        value.append(escaped)
        position += 1
      default: value.append(character)
      }
    }
    throw failure("The quote is not closed.", at: start)
  }

  private func condition(
    _ key: String, _ value: String, keyAt: Int, valueAt: Int
  ) throws(FilterError) -> Term.Condition {
    switch key {
    case "method": return .method(TextFinder(value))
    case "tool": return .tool(TextFinder(value))
    case "logger": return .logger(TextFinder(value))
    case "id": return .id(value)
    case "duration":
      return try quantity(value, at: valueAt, units: Self.durationUnits).map { .duration($0, $1) }
    case "size": return try quantity(value, at: valueAt, units: Self.sizeUnits).map { .size($0, $1) }
    case "dir", "kind", "status", "is":
      if let condition = Self.word(key, value.lowercased()) { return condition }
      let values = Filter.keys.first { $0.name == key + ":" }?.values ?? ""
      throw failure("\"\(key):\" takes \(values).", at: valueAt)
    default:
      let keys = Filter.keys.map(\.name).joined(separator: " ")
      throw failure(
        "There is no key \"\(key):\". Keys are \(keys); text with a colon needs quotes.", at: keyAt)
    }
  }

  private static func word(_ key: String, _ value: String) -> Term.Condition? {
    switch (key, value) {
    case ("dir", "sent"), ("dir", "out"), ("dir", ">"): .direction(.sent)
    case ("dir", "received"), ("dir", "in"), ("dir", "<"): .direction(.received)
    case ("kind", "batch"): .batch
    case ("kind", _): Entry.Kind(rawValue: value).map { .kind($0) }
    case ("status", _): Exchange.State(rawValue: value).map { .state($0) }
    case ("is", "marked"): .marked
    case ("is", "orphan"): .orphan
    default: nil
    }
  }

  private static let durationUnits: [String: Double] = ["us": 1e-6, "ms": 1e-3, "s": 1, "": 1, "m": 60]
  private static let sizeUnits: [String: Double] = [
    "": 1, "b": 1, "k": 1024, "kb": 1024, "m": 1_048_576, "mb": 1_048_576,
  ]

  private func quantity(
    _ value: String, at position: Int, units: [String: Double]
  ) throws(FilterError) -> Quantity {
    let comparison: Term.Comparison
    switch value.first {
    case ">": comparison = .greater
    case "<": comparison = .less
    default: throw failure("\"<\" or \">\" is missing before \"\(value)\".", at: position)
    }
    let rest = value.dropFirst().drop { $0 == "=" }
    let digits = rest.prefix { $0.isNumber || $0 == "." }
    guard let number = Double(digits), let unit = units[rest.dropFirst(digits.count).lowercased()] else {
      let known = units.keys.filter { !$0.isEmpty }.sorted().joined(separator: ", ")
      throw failure("\"\(rest)\" is not a number with one of the units \(known).", at: position)
    }
    return Quantity(comparison: comparison, amount: number * unit)
  }

  private struct Quantity {
    var comparison: Term.Comparison
    var amount: Double

    func map(_ make: (Term.Comparison, Double) -> Term.Condition) -> Term.Condition {
      make(comparison, amount)
    }
  }
}
