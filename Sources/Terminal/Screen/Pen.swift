import CTerminal
import TerminalText

/// The styles of a theme on one terminal: attributes, and numbered pairs of colours.
struct Pen {
  private let inks: [Style.Role: TextLook]
  private let depth: ColourDepth

  /// - Parameter available: the number of colours that the terminal has and may use.
  init(colours available: Int, theme: Theme = .dark) {
    depth = ColourDepth(count: available)
    inks = Style.Role.allCases.reduce(into: [:]) { $0[$1] = theme.look(of: $1, colours: available) }
  }

  /// Makes the cell of a style, without text.
  func cell(_ style: Style, _ pairs: inout ColourPairs) -> ct_cell {
    var look = inks[style.role] ?? .plain
    if let change = style.look { look.take(change) }
    if style.isReversed { look.attributes.formSymmetricDifference(.reverse) }
    var cell = ct_cell()
    cell.attributes = UInt16(look.attributes.ofScreen.rawValue)
    let colours = ColourPair(
      foreground: depth.number(of: look.foreground), background: depth.number(of: look.background))
    cell.colours = colours == ColourPair() ? 0 : pairs.number(of: colours)
    return cell
  }
}

extension TextLook {
  /// Changes the look of a role as a program wants it.
  fileprivate mutating func take(_ change: TextLook) {
    foreground = change.foreground ?? foreground
    background = change.background ?? background
    attributes.formUnion(change.attributes)
  }
}

extension TextLook.Attributes {
  /// The attributes for the screen, which knows no strike.
  fileprivate var ofScreen: ct_attributes {
    let names: [(TextLook.Attributes, ct_attributes)] = [
      (.bold, .bold), (.dim, .dim), (.italic, .italic), (.underline, .underline), (.reverse, .reverse),
    ]
    return names.reduce(into: []) { if contains($1.0) { $0.insert($1.1) } }
  }
}

extension ColourDepth {
  /// The number of the nearest colour in the terminal's palette; nil for the terminal's own.
  fileprivate func number(of colour: TextLook.Colour?) -> Int? {
    guard case .palette(let number)? = colour.flatMap(nearest) else { return nil }
    return Int(number)
  }
}

/// The colours of a cell, by their numbers; nil for the terminal's own.
struct ColourPair: Hashable {
  var foreground: Int?
  var background: Int?
}

/// The numbers of pairs of colours, given out when they are wanted.
struct ColourPairs {
  private let end: Int
  private var numbers: [ColourPair: Int] = [:]
  private var new: [(Int, ColourPair)] = []
  /// True when a pair was wanted and there was no number left.
  private(set) var isExhausted = false

  /// - Parameter end: one past the last number. The first is 1.
  init(end: Int) {
    self.end = end
  }

  /// The number of a pair. When all are given out it is 0, the terminal's own colours.
  mutating func number(of colours: ColourPair) -> UInt16 {
    if let number = numbers[colours] { return UInt16(number) }
    let number = 1 + numbers.count
    guard number < end else {
      isExhausted = true
      return 0
    }
    numbers[colours] = number
    new.append((number, colours))
    return UInt16(number)
  }

  /// Takes the pairs that the terminal does not know yet.
  mutating func takeNew() -> [(Int, ColourPair)] {
    defer { new = [] }
    return new
  }
}
