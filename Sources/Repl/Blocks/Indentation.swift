/// Suggests how far to indent the next line.
struct Indentation: Sendable {
  private static let step = 4

  private(set) var suggestion = 0
  private var levels: [Int] = []

  /// Follows a whole statement or header.
  mutating func follow(_ statement: LogicalLine) {
    while let level = levels.last, level >= statement.indentation { levels.removeLast() }
    if statement.expectsSuite {
      suggestion = statement.indentation + Self.step
    } else if PythonWords.suiteEnds.contains(statement.first) {
      suggestion = levels.last ?? 0
    } else {
      suggestion = statement.indentation
    }
    levels.append(statement.indentation)
  }

  /// Follows a line that leaves a bracket or a string open, or that a backslash joins with the next.
  ///
  /// - Parameters:
  ///   - opened: the number of brackets that the line opens and does not close.
  ///   - joins: true for the first line of its statement that a backslash joins with the next.
  mutating func follow(openLine line: Substring, opened: Int, joins: Bool, isInString: Bool) {
    let column = LogicalLine.column(of: line)
    if isInString {
      suggestion = 0
    } else if opened > 0 || joins {
      suggestion = column + Self.step
    } else if opened < 0 {
      suggestion = max(0, column - Self.step)
    } else if !BlockReader.isBlank(line) {
      suggestion = column
    }
  }
}
