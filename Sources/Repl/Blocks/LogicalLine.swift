/// The facts about one logical line that blocks need: a statement or a clause's header, over all its lines.
struct LogicalLine: Sendable {
  /// The column where it begins. Python counts a tab as going to the next multiple of eight.
  let indentation: Int
  private(set) var first: Substring = ""
  private(set) var hasError = false
  /// True when its last token is the colon that a suite must follow.
  private(set) var expectsSuite = false

  private var count = 0
  private var secondBeginsExpression = false
  private var hasSuiteColon = false
  private var depth = 0
  private var lambdas = 0

  init(_ tokens: [PythonToken], of line: Substring) {
    indentation = Self.column(of: line)
    absorb(tokens, of: line)
  }

  /// True when the line holds blanks and comments only.
  var isEmpty: Bool { count == 0 }

  var isDecorator: Bool { first == "@" }

  var isContinuation: Bool { PythonWords.continuations.contains(first) }

  /// True for the header of a statement with a suite, on the same line or on the next ones.
  var isHeader: Bool {
    switch first {
    case "match": expectsSuite && count > 2 && secondBeginsExpression
    default: hasSuiteColon && (PythonWords.compound.contains(first) || isContinuation)
    }
  }

  /// Takes in the tokens of its next line.
  mutating func absorb(_ tokens: [PythonToken], of line: Substring) {
    for token in tokens where token.isSignificant {
      let text = line[token.range]
      count += 1
      if count == 1 { first = text }
      if count == 2 { secondBeginsExpression = token.beginsExpression(in: line) }
      expectsSuite = false
      switch token.kind {
      case .error: hasError = true
      case .bracket: depth += ["(", "[", "{"].contains(text) ? 1 : -1
      case .keyword where depth == 0 && text == "lambda": lambdas += 1
      case .operator where depth == 0 && text == ":": absorbColon()
      case .keyword, .name, .number, .string, .comment, .operator, .newline, .whitespace: break
      }
    }
  }

  private mutating func absorbColon() {
    if lambdas > 0 {
      lambdas -= 1
    } else {
      hasSuiteColon = true
      expectsSuite = true
    }
  }

  static func column(of line: Substring) -> Int {
    var column = 0
    for scalar in line.unicodeScalars {
      switch scalar {
      case " ": column += 1
      case "\t": column += 8 - column % 8
      case "\u{c}": column = 0
      default: return column
      }
    }
    return column
  }
}

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
