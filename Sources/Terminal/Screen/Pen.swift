import CTerminal
import TerminalText

/// The styles on one terminal: attributes, and numbered pairs of colours.
struct Pen {
  private let inks: [Style.Role: Look.Ink]
  private let depth: ColourDepth

  /// - Parameter available: the number of colours that the terminal has and may use.
  init(colours available: Int) {
    depth = ColourDepth(count: available)
    inks = Style.Role.allCases.reduce(into: [:]) { $0[$1] = Look.of($1).ink(colours: available) }
  }

  /// Makes the cell of a style, without text.
  func cell(_ style: Style, _ pairs: inout ColourPairs) -> ct_cell {
    var ink = inks[style.role] ?? .none
    if let look = style.look { ink.take(look, depth) }
    var cell = ct_cell()
    let attributes = style.isReversed ? ink.attributes.symmetricDifference(.reverse) : ink.attributes
    cell.attributes = UInt16(attributes.rawValue)
    cell.colours = ink.colours.map { pairs.number(of: $0) } ?? 0
    return cell
  }
}

extension Look.Ink {
  /// Changes the look of a role as a program wants it.
  fileprivate mutating func take(_ look: TextLook, _ depth: ColourDepth) {
    func number(_ colour: TextLook.Colour?) -> Int? {
      guard case .palette(let number)? = colour.flatMap(depth.nearest) else { return nil }
      return Int(number)
    }
    let wanted = Look.Colours(foreground: number(look.foreground), background: number(look.background))
    if wanted != Look.Colours() {
      colours = Look.Colours(
        foreground: wanted.foreground ?? colours?.foreground,
        background: wanted.background ?? colours?.background)
    }
    let names: [(TextLook.Attributes, ct_attributes)] = [
      (.bold, .bold), (.dim, .dim), (.italic, .italic), (.underline, .underline), (.reverse, .reverse),
    ]
    for (wanted, attribute) in names where look.attributes.contains(wanted) { attributes.insert(attribute) }
  }
}

/// The numbers of pairs of colours, given out when they are wanted.
struct ColourPairs {
  private let end: Int
  private var numbers: [Look.Colours: Int] = [:]
  private var new: [(Int, Look.Colours)] = []
  /// True when a pair was wanted and there was no number left.
  private(set) var isExhausted = false

  /// - Parameter end: one past the last number. The first is 1.
  init(end: Int) {
    self.end = end
  }

  /// The number of a pair. When all are given out it is 0, the terminal's own colours.
  mutating func number(of colours: Look.Colours) -> UInt16 {
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
  mutating func takeNew() -> [(Int, Look.Colours)] {
    defer { new = [] }
    return new
  }
}
