import SystemSupport

/// The lines of a settings file that are ours, between two lines that say so.
struct MarkedBlock {
  private static let begin = "# mcp-run-python prepare: begin"
  private static let end = "# mcp-run-python prepare: end"

  private var lines: [String]
  private let newline: String
  /// The lines of the block with both marks; nil when there is none.
  private var place: Range<Int>?

  /// - Throws: `CommentedJSON.Problem` for a block without an end.
  init(in text: String) throws(CommentedJSON.Problem) {
    newline = text.contains("\r\n") ? "\r\n" : "\n"
    lines = text.split(separator: newline, omittingEmptySubsequences: false).map(String.init)
    let found = lines
    guard let first = found.firstIndex(where: { $0.trimmingWhitespace() == Self.begin }) else { return }
    guard let last = found[first...].firstIndex(where: { $0.trimmingWhitespace() == Self.end }) else {
      throw CommentedJSON.Problem(text: "the line '\(Self.begin)' has no end")
    }
    place = first..<last + 1
  }

  var text: String { lines.joined(separator: newline) }

  /// The lines that are not ours, each with its number.
  var others: [(number: Int, line: String)] {
    lines.enumerated().filter { place?.contains($0.offset) != true }.map { ($0.offset, $0.element) }
  }

  /// The lines that are ours, without the marks.
  var content: ArraySlice<String>? {
    place.map { lines[$0.lowerBound + 1..<$0.upperBound - 1] }
  }

  /// Puts `content` into the block. A new one stands after the line `number`, or else at the end.
  mutating func set(_ content: [String], after number: Int? = nil, indentation: String = "") {
    let block = [indentation + Self.begin] + content + [indentation + Self.end]
    if let place {
      lines.replaceSubrange(place, with: block)
    } else if let number {
      lines.insert(contentsOf: block, at: number + 1)
    } else {
      while lines.last?.trimmingWhitespace() == "" { lines.removeLast() }
      lines += (lines.isEmpty ? [] : [""]) + block + [""]
    }
  }
}
