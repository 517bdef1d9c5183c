import CTerminal
import TerminalText

/// The look of a style's role, for each kind of terminal.
///
/// The colours of the large palette have medium brightness, so that they are readable on light and on dark.
struct Look {
  struct Colours: Hashable {
    /// The colour's number; `nil` for the terminal's own.
    var foreground: Int?
    var background: Int?

    init(foreground: Int? = nil, background: Int? = nil) {
      self.foreground = foreground
      self.background = background
    }
  }

  /// The look at one depth of colours.
  struct Ink {
    var colours: Colours?
    var attributes: ct_attributes = []

    static let none = Ink()

    static func text(_ foreground: Int, _ attributes: ct_attributes = []) -> Ink {
      Ink(colours: Colours(foreground: foreground), attributes: attributes)
    }

    static func area(_ background: Int, _ foreground: Int, _ attributes: ct_attributes = []) -> Ink {
      Ink(colours: Colours(foreground: foreground, background: background), attributes: attributes)
    }

    static func only(_ attributes: ct_attributes) -> Ink { Ink(attributes: attributes) }
  }

  /// The look with 256 colours.
  var rich: Ink
  /// The look with the first eight colours.
  var basic: Ink
  /// The look without colours.
  var plain: Ink

  init(_ rich: Ink, _ basic: Ink, _ plain: Ink = .none) {
    self.rich = rich
    self.basic = basic
    self.plain = plain
  }

  func ink(colours available: Int) -> Ink {
    switch available {
    case 256...: rich
    case 8...: basic
    default: plain
    }
  }
}

extension Look {
  private static let black = 0
  private static let red = 1
  private static let green = 2
  private static let yellow = 3
  private static let blue = 4
  private static let magenta = 5
  private static let cyan = 6
  private static let white = 7

  private static let faint = Look(.text(244), .only(.dim), .only(.dim))
  private static let good = Look(.text(71), .text(green))
  private static let amber = Look(.text(172), .text(yellow))
  private static let word = Look(.text(133), .text(magenta), .only(.bold))

  static func of(_ role: Style.Role) -> Look {
    switch role {
    case .plain, .operatorText, .picture: Look(.none, .none)
    case .dim, .border, .timing, .comment: faint
    case .heading: Look(.only(.bold), .only(.bold), .only(.bold))
    case .borderFocused: Look(.text(32, .bold), .text(cyan, .bold), .only(.bold))

    case .status: Look(.area(238, 255), .only(.reverse), .only(.reverse))
    case .statusBusy: Look(.area(178, 16), .area(yellow, black), .only(.reverse))
    case .statusAlert: Look(.area(160, 231), .area(red, white), .only([.reverse, .bold]))

    case .prompt: Look(.text(34, .bold), .text(green, .bold), .only(.bold))
    case .value: Look(.text(32), .text(cyan))
    case .errorText: Look(.text(167), .text(red), .only(.bold))
    case .warning: Look(.text(172), .text(yellow), .only(.bold))
    case .notice: Look(.text(133), .text(magenta), .only(.dim))
    case .standardError: amber

    case .keyword, .jsonLiteral: word
    case .builtin: Look(.text(37), .text(cyan))
    case .name, .jsonKey: Look(.text(32), .text(blue))
    case .number, .jsonNumber: amber
    case .string, .jsonString: good
    case .bracketMatch: Look(.area(250, 16, .bold), .only([.bold, .underline]), .only([.bold, .underline]))

    case .sent: Look(.text(32), .text(cyan))
    case .received: good
    case .invalid: Look(.text(167), .text(red), .only([.bold, .underline]))

    case .tab: Look(.area(238, 250), .none)
    case .tabActive: Look(.area(32, 231, .bold), .only([.reverse, .bold]), .only([.reverse, .bold]))
    case .match: Look(.area(220, 16), .area(yellow, black), .only([.underline, .bold]))
    case .selection: Look(.area(240, 255), .only(.reverse), .only(.reverse))
    case .menu: Look(.area(238, 252), .area(blue, white), .only(.underline))
    case .menuSelected: Look(.area(32, 231, .bold), .area(cyan, black), .only(.reverse))
    }
  }
}
