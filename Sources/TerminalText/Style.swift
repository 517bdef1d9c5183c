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

/// The meaning of a piece of text on the screen. A ``Theme`` gives it a look: with colours, or with attributes
/// alone (NO_COLOR).
public struct Style: Sendable, Hashable {
  /// The meaning of the text.
  public enum Role: Sendable, Hashable, CaseIterable {
    case plain, dim, heading, border, borderFocused, status, statusBusy, statusAlert
    case prompt, value, errorText, warning, notice, standardError, timing
    case keyword, builtin, name, number, string, comment, operatorText, bracketMatch
    case sent, received, invalid, jsonKey, jsonString, jsonNumber, jsonLiteral
    case tab, tabActive, match, selection, menu
    case picture
  }

  public var role: Role
  /// True when foreground and background are exchanged: a cursor, a selected row.
  public var isReversed: Bool
  /// The colours and attributes that change the role's look; nil for none.
  public var look: TextLook?

  public init(_ role: Role, isReversed: Bool = false, look: TextLook? = nil) {
    self.role = role
    self.isReversed = isReversed
    self.look = look
  }

  public static let plain = Style(.plain)
}
