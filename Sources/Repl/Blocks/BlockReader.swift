/// Takes lines and gives blocks: each is what Python's interactive mode would run at once.
///
/// A block that can no longer become right is given at once too: Python then says what is wrong. Python's own
/// prompt is stricter in one case: here a line at column 0 that is no clause ends the pending statement.
public struct BlockReader: Sendable {
  public enum Mode: Sendable {
    /// A blank line ends a compound statement.
    case terminal
    /// A blank line in a compound statement belongs to it if it goes on; see ``BlockReader/endAtBlankLine()``.
    case piped
  }

  public let mode: Mode
  /// True when the last line was blank and the pending block can end there; only in piped mode.
  public private(set) var mayEnd = false

  private var lexer = PythonLexer()
  private var lines: [Substring] = []
  /// The statement being read.
  private var statement: LogicalLine?
  /// The last whole statement of the pending block.
  private var last: LogicalLine?
  /// The columns of the `try` headers that have neither `except` nor `finally` yet.
  private var openTries: [Int] = []
  private var indentation = Indentation()
  private var isFirstLine = true

  public init(mode: Mode = .terminal) {
    self.mode = mode
  }

  public var isPending: Bool { !lines.isEmpty }

  public var state: BlockState {
    if !isPending { return .empty }
    return canEnd
      ? .indented(indentation: indentation.suggestion) : .needsMore(indentation: indentation.suggestion)
  }

  /// Takes the next line and gives the blocks that it completes, in order, without newline at their ends.
  ///
  /// - Parameter line: a line with or without its terminator. It may hold several lines (a block that was pasted or
  ///   recalled): the blank ones among them, but for the last, end nothing.
  public mutating func push(line: String) -> [String] {
    var text = line[...]
    if isFirstLine, text.unicodeScalars.first == "\u{feff}" {
      text = Substring(text.unicodeScalars.dropFirst())
    }
    isFirstLine = false
    if let last = text.last, last == "\n" || last == "\r\n" { text.removeLast() }
    return read(text: text)
  }

  /// Ends the pending block at the last blank line, for a caller who sees that no input is ready.
  ///
  /// - Returns: the block, or `nil` if the last line was not blank or something is still missing.
  public mutating func endAtBlankLine() -> String? {
    mayEnd ? take() : nil
  }

  /// Ends the input, and gives the pending block, whole or not.
  public mutating func finish() -> String? {
    isPending ? take() : nil
  }

  /// True when the block asks to leave, as `exit` does at Python's own prompt.
  public static func asksToLeave(_ block: String) -> Bool {
    ["exit", "exit()", "quit", "quit()"].contains(block.filter { !$0.isWhitespace })
  }

  /// Forgets the pending block.
  public mutating func discard() {
    _ = take()
  }

  mutating func read(text: Substring) -> [String] {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    var completed: [String] = []
    for (number, part) in parts.enumerated() {
      let line = part.last == "\r" ? part.dropLast() : part
      completed += read(line: line, isLast: number == parts.count - 1)
    }
    return completed
  }

  private mutating func read(line: Substring, isLast: Bool) -> [String] {
    guard lexer.isBetweenStatements else {
      return readOn(line)
    }
    if Self.isBlank(line) { return readBlank(line, isLast: isLast) }
    let tokens = lexer.tokens(inLine: line)
    let next = LogicalLine(tokens, of: line)
    if next.isEmpty, lexer.isBetweenStatements {
      if isPending { lines.append(line) }
      return []
    }
    let ended = canEndBefore(next) ? [take(keepingLexer: true)] : []
    statement = next
    return ended + endLine(line, depthBefore: 0, joins: lexer.isContinued)
  }

  private mutating func readOn(_ line: Substring) -> [String] {
    let depth = lexer.depth
    let tokens = lexer.tokens(inLine: line)
    statement?.absorb(tokens, of: line)
    return endLine(line, depthBefore: depth, joins: false)
  }

  private mutating func readBlank(_ line: Substring, isLast: Bool) -> [String] {
    guard isPending else { return [] }
    if mode == .terminal, isLast, canEnd { return [take()] }
    lines.append(line)
    mayEnd = mode == .piped && canEnd
    return []
  }

  private mutating func endLine(_ line: Substring, depthBefore: Int, joins: Bool) -> [String] {
    lines.append(line)
    mayEnd = false
    if statement?.hasError == true {
      // Without a person watching, the lines of a broken suite must not run as statements of their own.
      if mode == .terminal || last == nil { return [take()] }
      lexer = PythonLexer()
    }
    guard lexer.isBetweenStatements, let statement else {
      indentation.follow(
        openLine: line, opened: lexer.depth - depthBefore, joins: joins, isInString: lexer.isInString)
      return []
    }
    self.statement = nil
    return endStatement(statement)
  }

  private mutating func endStatement(_ statement: LogicalLine) -> [String] {
    guard isPossible(statement) else { return [take()] }
    openTries.removeAll { $0 >= statement.indentation }
    if statement.first == "try", statement.isHeader { openTries.append(statement.indentation) }
    last = statement
    indentation.follow(statement)
    return []
  }

  /// True when the pending block with `statement` at its end can go on.
  private func isPossible(_ statement: LogicalLine) -> Bool {
    guard let last else {
      return statement.indentation == 0
        && (statement.isDecorator || (statement.isHeader && !statement.isContinuation))
    }
    if statement.indentation > 0 {
      return last.indentation > 0 || last.expectsSuite
    }
    if last.isDecorator {
      return statement.isDecorator
        || (statement.isHeader && PythonWords.definitions.contains(statement.first))
    }
    return statement.isContinuation && statement.isHeader && !last.expectsSuite
  }

  private var canEnd: Bool { lexer.isBetweenStatements && lacksNothing }

  private func canEndBefore(_ next: LogicalLine) -> Bool {
    next.indentation == 0 && !next.isContinuation && lacksNothing
  }

  /// True when the whole statements of the pending block make a compound statement.
  private var lacksNothing: Bool {
    guard let last else { return false }
    return !last.expectsSuite && !last.isDecorator && openTries.isEmpty
  }

  /// The pending lines; nothing is pending afterwards.
  private mutating func take(keepingLexer: Bool = false) -> String {
    while let line = lines.last, Self.isBlank(line) { lines.removeLast() }
    defer {
      lines = []
      statement = nil
      last = nil
      openTries = []
      indentation = Indentation()
      mayEnd = false
      if !keepingLexer { lexer = PythonLexer() }
    }
    return lines.joined(separator: "\n")
  }

  static func isBlank(_ line: Substring) -> Bool {
    line.unicodeScalars.allSatisfy { $0 == " " || $0 == "\t" || $0 == "\u{c}" }
  }
}

/// The state of a block of Python: whether a line is still missing.
public enum BlockState: Sendable, Equatable {
  /// The block holds nothing but blank lines and comments.
  case empty
  /// No further line can be part of the block. Python may still find that it is wrong.
  case complete
  /// A bracket, a string, a suite or a decorated definition is missing.
  ///
  /// - Parameter indentation: the suggested columns for the next line.
  case needsMore(indentation: Int)
  /// A compound statement that could go on. A blank line ends it, or a line at column 0 that is no clause of
  /// it.
  ///
  /// - Parameter indentation: the suggested columns for the next line.
  case indented(indentation: Int)

  /// The state of the last block in `source`, as if it had been typed: an empty last line ends a compound statement.
  public init(of source: String) {
    var reader = BlockReader(mode: .terminal)
    let blocks = reader.read(text: source[...])
    self = reader.isPending || blocks.isEmpty ? reader.state : .complete
  }

  /// The suggested columns for the next line.
  public var indentation: Int {
    switch self {
    case .empty, .complete: 0
    case .needsMore(let indentation), .indented(let indentation): indentation
    }
  }
}
