/// What a piece of text on the screen is. The terminal decides how that looks: with colours, with attributes
/// alone (NO_COLOR), or not at all.
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
  /// Drawn with foreground and background exchanged: a cursor, a selected row.
  public var isReversed: Bool
  /// The colours of a cell of a picture.
  public var colours: CellColours?

  /// Numbers in the palette of 256 colours.
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
