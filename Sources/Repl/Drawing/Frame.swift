/// A piece of text in one style. It holds no control characters: its maker has made them visible.
public struct Span: Sendable, Hashable {
  public var text: String
  public var style: Style

  public init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }

  public init(_ text: String, _ role: Style.Role) {
    self.init(text, Style(role))
  }
}

/// A position on the screen, from 0, in cells.
public struct Position: Sendable, Hashable {
  public var column: Int
  public var row: Int

  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// The size of the screen or of a part, in cells.
public struct Size: Sendable, Hashable {
  public var columns: Int
  public var rows: Int

  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A whole screen: the models compute it, the terminal draws it, tests compare it.
public struct Frame: Sendable, Hashable {
  public var size: Size
  /// The rows from top to bottom. No row is wider than the screen; shorter ones end in blanks.
  public var rows: [[Span]]
  /// The place of the terminal's cursor; nil hides it.
  public var cursor: Position?

  public init(size: Size, rows: [[Span]], cursor: Position? = nil) {
    self.size = size
    self.rows = rows
    self.cursor = cursor
  }

  /// The rows' text without styles and without blanks at their ends, for tests to compare.
  public var text: [String] {
    rows.map { row in
      var line = row.map(\.text).joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
