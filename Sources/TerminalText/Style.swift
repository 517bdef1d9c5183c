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
