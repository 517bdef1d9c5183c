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

/// The meaning of a piece of text on the screen. The terminal decides its look: with colours, with attributes
/// alone (NO_COLOR), or plain.
public struct Style: Sendable, Hashable {
  /// The meaning of the text.
  public enum Role: Sendable, Hashable, CaseIterable {
    case plain, dim, heading, border, borderFocused, status, statusBusy, statusAlert
    case prompt, value, errorText, warning, notice, standardError, timing
    case keyword, builtin, name, number, string, comment, operatorText, bracketMatch
    case sent, received, invalid, jsonKey, jsonString, jsonNumber, jsonLiteral
    case tab, tabActive, match, selection, menu, menuSelected
    case picture
  }

  public var role: Role
  /// True when foreground and background are exchanged: a cursor, a selected row.
  public var isReversed: Bool
  /// The colours of one cell of a picture.
  public var colours: CellColours?

  /// The colours of a cell, as numbers in the palette of 256 colours.
  public struct CellColours: Sendable, Hashable {
    public var foreground: UInt8
    public var background: UInt8

    public init(foreground: UInt8, background: UInt8) {
      self.foreground = foreground
      self.background = background
    }
  }

  public init(_ role: Role, isReversed: Bool = false, colours: CellColours? = nil) {
    self.role = role
    self.isReversed = isReversed
    self.colours = colours
  }

  public static let plain = Style(.plain)
}

extension Frame {
  private static let replacements: [Character: String] = [
    "─": "-", "│": "|", "→": ">", "←": "<", "…": "~", "●": "*", "·": "-", "▸": ">", "µ": "u",
  ]

  /// The frame for a terminal that can show nothing but ASCII.
  var inASCII: Frame {
    var frame = self
    frame.rows = rows.map { row in
      row.map { span in
        if span.text.utf8.allSatisfy({ $0 < 0x80 }) { return span }
        let text = span.text.reduce(into: "") { text, character in
          let substitute = String(repeating: "?", count: DisplayWidth.of(character))
          text += character.isASCII ? String(character) : Self.replacements[character] ?? substitute
        }
        return Span(text, span.style)
      }
    }
    return frame
  }
}
