/// The looks of everything that the program draws itself, by what it means. Programs bring their own colours.
public struct Theme: Sendable, Hashable {
  /// The meanings that a theme gives looks to, by the names that stand in a file.
  public enum Ink: String, Sendable, Hashable, CaseIterable {
    case code, keyword, builtin, name, number, string, comment, bracket
    case printed, value, stderr, error, warning, note
    case accent, faint, heading, match, selection, menu, status, busy, alert
  }

  public typealias Looks = [Ink: TextLook]

  /// The name that the user gives it by.
  public var name: String
  /// The looks with 256 colours. An ink that is missing is plain.
  var rich: Looks
  /// The looks with the 8 or 16 colours that the user has chosen for the terminal.
  var basic: Looks
  /// The looks without colours.
  var plain: Looks

  /// The look of a role on a terminal with so many colours.
  public func look(of role: Style.Role, colours: Int) -> TextLook {
    let looks = colours >= 256 ? rich : colours >= 8 ? basic : plain
    return looks[role.ink] ?? .plain
  }

  /// Gives an ink another look. Without colours only its attributes count, if there are any.
  mutating func set(_ ink: Ink, to look: TextLook) {
    rich[ink] = look
    basic[ink] = look
    if !look.attributes.isEmpty { plain[ink] = TextLook(attributes: look.attributes) }
  }
}

extension Style.Role {
  /// The ink that a theme draws the role with.
  var ink: Theme.Ink {
    switch self {
    case .plain, .picture: .printed
    case .operatorText, .name: .code
    case .dim, .border, .timing, .tab: .faint
    case .heading: .heading
    case .borderFocused, .prompt, .tabActive: .accent
    case .status: .status
    case .statusBusy: .busy
    case .statusAlert: .alert
    case .value: .value
    case .errorText, .invalid: .error
    case .warning: .warning
    case .notice: .note
    case .standardError: .stderr
    case .keyword, .jsonLiteral: .keyword
    case .builtin: .builtin
    case .jsonKey, .sent: .name
    case .number, .jsonNumber: .number
    case .string, .jsonString, .received: .string
    case .comment: .comment
    case .bracketMatch: .bracket
    case .match: .match
    case .selection: .selection
    case .menu: .menu
    }
  }
}

extension Theme {
  /// For a dark background.
  public static let dark = Theme(name: "dark", rich: darkLooks, basic: basicLooks, plain: plainLooks)
  /// For a light background.
  public static let light = Theme(name: "light", rich: lightLooks, basic: basicLooks, plain: plainLooks)
  /// Without colours of its own, on any background.
  public static let mono = Theme(name: "mono", rich: plainLooks, basic: plainLooks, plain: plainLooks)

  static let builtIn = [dark, light, mono]

  private static func ink(_ colour: UInt8, on paper: UInt8? = nil, _ attributes: TextLook.Attributes = [])
    -> TextLook
  {
    TextLook(
      foreground: .palette(colour), background: paper.map { .palette($0) }, attributes: attributes)
  }

  private static let bold = TextLook(attributes: .bold)

  private static let darkLooks: Looks = [
    .keyword: ink(176), .builtin: ink(80), .name: ink(75), .number: ink(179), .string: ink(114),
    .comment: ink(244), .bracket: ink(16, on: 250, .bold),
    .stderr: ink(172), .error: ink(203), .warning: ink(214), .note: ink(109),
    .accent: ink(75, .bold), .faint: ink(244), .heading: bold, .match: ink(16, on: 220),
    .selection: ink(255, on: 24), .menu: ink(252, on: 236), .status: ink(250, on: 236),
    .busy: ink(220, on: 236, .bold), .alert: ink(231, on: 160, .bold),
  ]

  private static let lightLooks: Looks = [
    .keyword: ink(90), .builtin: ink(30), .name: ink(25), .number: ink(94), .string: ink(28),
    .comment: ink(243), .bracket: ink(16, on: 250, .bold),
    .stderr: ink(130), .error: ink(160), .warning: ink(130), .note: ink(24),
    .accent: ink(26, .bold), .faint: ink(243), .heading: bold, .match: ink(16, on: 220),
    .selection: ink(16, on: 153), .menu: ink(236, on: 254), .status: ink(238, on: 254),
    .busy: ink(88, on: 254, .bold), .alert: ink(231, on: 160, .bold),
  ]

  /// The first eight colours are the user's own, so they suit any background.
  private static let basicLooks: Looks = [
    .keyword: ink(5), .builtin: ink(6), .name: ink(4), .number: ink(3), .string: ink(2),
    .comment: TextLook(attributes: .dim), .bracket: TextLook(attributes: [.bold, .underline]),
    .stderr: ink(3), .error: ink(1), .warning: ink(3), .note: ink(6),
    .accent: ink(6, .bold), .faint: TextLook(attributes: .dim), .heading: bold, .match: ink(0, on: 3),
    .selection: TextLook(attributes: .reverse), .menu: ink(7, on: 4),
    .status: TextLook(attributes: .reverse), .busy: ink(0, on: 3), .alert: ink(7, on: 1, .bold),
  ]

  private static let plainLooks: Looks = [
    .keyword: bold, .comment: TextLook(attributes: .dim),
    .bracket: TextLook(attributes: [.bold, .underline]), .error: bold, .warning: bold,
    .accent: bold, .faint: TextLook(attributes: .dim), .heading: bold,
    .match: TextLook(attributes: [.bold, .underline]), .selection: TextLook(attributes: .reverse),
    .menu: TextLook(attributes: .underline), .status: TextLook(attributes: .reverse),
    .busy: TextLook(attributes: .reverse), .alert: TextLook(attributes: [.reverse, .bold]),
  ]

  private static func ink(_ colour: UInt8, _ attributes: TextLook.Attributes) -> TextLook {
    ink(colour, on: nil, attributes)
  }
}
