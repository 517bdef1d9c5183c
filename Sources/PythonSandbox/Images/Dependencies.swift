internal import SystemSupport

/// The requested packages in the form that names an image: without blanks, doubles and order.
public struct Dependencies: Sendable, Hashable, CustomStringConvertible {
  /// The requirements in micropip's form: PEP 508, or the address of a wheel.
  public let requirements: [String]

  /// Takes each option's value, with requirements separated by commas.
  ///
  /// A comma inside brackets, or before a further version condition (`pandas>=2,<4`), separates nothing.
  public init(_ options: [String]) {
    requirements = Array(Set(options.flatMap(Self.split))).sorted()
  }

  public var description: String { requirements.joined(separator: ", ") }

  private static func split(_ option: String) -> [String] {
    var found: [String] = []
    var depth = 0
    for piece in option.split(separator: ",", omittingEmptySubsequences: false) {
      let trimmed = piece.trimmingWhitespace()
      if let last = found.last, depth > 0 || trimmed.first.map({ "<>=!~".contains($0) }) == true {
        found[found.count - 1] = last + "," + trimmed
      } else {
        found.append(trimmed)
      }
      depth += piece.count { $0 == "[" || $0 == "(" } - piece.count { $0 == "]" || $0 == ")" }
    }
    return found.filter { !$0.isEmpty }
  }
}
