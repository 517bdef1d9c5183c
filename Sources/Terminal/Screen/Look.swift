import CTerminal
import Repl

/// How a style's role is drawn. The colours of the large palette are of medium brightness, readable on light and dark.
struct Look {
  struct Colours: Hashable {
    /// `nil` for the terminal's own.
    var foreground: Int?
    var background: Int?

    static func text(_ foreground: Int) -> Colours { Colours(foreground: foreground) }
    static func area(_ background: Int, _ foreground: Int? = nil) -> Colours {
      Colours(foreground: foreground, background: background)
    }
  }

  /// From a palette of 256; `nil` for none.
  var rich: Colours?
  /// From the first eight; `nil` for none.
  var basic: Colours?
  /// Beside colours.
  var attributes: ct_attributes = []
  /// Where there are fewer than 256 colours.
  var basicAttributes: ct_attributes?
  /// Where there are no colours.
  var plainAttributes: ct_attributes = []

  func colours(of available: Int) -> Colours? {
    switch available {
    case 256...: rich
    case 8...: basic
    default: nil
    }
  }

  func attributes(with available: Int) -> ct_attributes {
    switch available {
    case 256...: attributes
    case 8...: basicAttributes ?? attributes
    default: plainAttributes
    }
  }
}

extension Style.Role {
  private static let black = 0
  private static let red = 1
  private static let green = 2
  private static let yellow = 3
  private static let blue = 4
  private static let magenta = 5
  private static let cyan = 6
  private static let white = 7

  private static func text(
    _ rich: Int, _ basic: Int?, _ attributes: ct_attributes = [], plain: ct_attributes = []
  ) -> Look {
    Look(
      rich: .text(rich), basic: basic.map { .text($0) }, attributes: attributes,
      plainAttributes: plain)
  }

  private static let faint = Look(
    rich: .text(244), basicAttributes: .dim, plainAttributes: .dim)

  var look: Look {
    switch self {
    case .plain, .operatorText: Look()
    case .dim, .border, .timing, .comment: Self.faint
    case .heading: Look(attributes: .bold, plainAttributes: .bold)
    case .borderFocused: Self.text(32, Self.cyan, .bold, plain: .bold)
    case .status: area(.area(238, 255), attributes: .reverse)
    case .statusBusy: area(.area(178, 16), .area(Self.yellow, Self.black))
    case .statusAlert: area(.area(160, 231), .area(Self.red, Self.white), [.reverse, .bold])
    case .prompt: Self.text(34, Self.green, .bold, plain: .bold)
    case .value: Self.text(32, Self.cyan)
    case .errorText: Self.text(167, Self.red, plain: .bold)
    case .warning: Self.text(172, Self.yellow, plain: .bold)
    case .notice: Self.text(133, Self.magenta, plain: .dim)
    case .standardError: Self.text(172, Self.yellow)
    case .keyword: Self.text(133, Self.magenta, plain: .bold)
    case .builtin: Self.text(37, Self.cyan)
    case .name: Self.text(32, Self.blue)
    case .number, .jsonNumber: Self.text(172, Self.yellow)
    case .string, .jsonString: Self.text(71, Self.green)
    case .bracketMatch: Look(rich: .area(250, 16), attributes: .bold, basicAttributes: [.bold, .underline], plainAttributes: [.bold, .underline])
    case .sent: Self.text(32, Self.cyan)
    case .received: Self.text(71, Self.green)
    case .invalid: Self.text(167, Self.red, plain: [.bold, .underline])
    case .jsonKey: Self.text(32, Self.blue)
    case .jsonLiteral: Self.text(133, Self.magenta)
    case .tab: area(.area(238, 250), attributes: [])
    case .tabActive: area(.area(32, 231), attributes: [.reverse, .bold], rich: .bold)
    case .match: area(.area(220, 16), .area(Self.yellow, Self.black))
    case .selection: area(.area(240, 255), attributes: .reverse)
    case .menu: area(.area(238, 252), .area(Self.blue, Self.white), [])
    case .menuSelected: area(.area(32, 231), .area(Self.cyan, Self.black), rich: .bold)
    }
  }

  /// - Parameter attributes: for a terminal without the colours.
  private func area(
    _ rich: Look.Colours, _ basic: Look.Colours? = nil, _ attributes: ct_attributes = .reverse,
    rich richAttributes: ct_attributes = []
  ) -> Look {
    Look(
      rich: rich, basic: basic, attributes: richAttributes, basicAttributes: basic == nil ? attributes : [],
      plainAttributes: attributes)
  }

  private func area(
    _ colours: Look.Colours, attributes: ct_attributes, rich: ct_attributes = []
  ) -> Look {
    area(colours, nil, attributes, rich: rich)
  }
}
