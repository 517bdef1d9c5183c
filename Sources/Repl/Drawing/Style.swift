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
  }

  public var role: Role
  /// Drawn with foreground and background exchanged: a cursor, a selected row.
  public var isReversed: Bool

  public init(_ role: Role, isReversed: Bool = false) {
    self.role = role
    self.isReversed = isReversed
  }

  public static let plain = Style(.plain)
}
