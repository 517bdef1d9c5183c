import CTerminal
import TerminalText

/// The styles on one terminal: attributes, and numbered pairs of colours.
struct Pen {
  private struct Ink {
    var attributes: ct_attributes
    var colours: UInt16
  }

  private let inks: [Style.Role: Ink]
  /// The pairs by their number, from 1.
  let pairs: [Look.Colours]

  /// - Parameter available: the number of colours that the terminal has and may use.
  init(colours available: Int) {
    var inks: [Style.Role: Ink] = [:]
    var pairs: [Look.Colours] = []
    for role in Style.Role.allCases {
      let ink = Look.of(role).ink(colours: available)
      var number = 0
      if let colours = ink.colours {
        number = (pairs.firstIndex(of: colours) ?? pairs.count) + 1
        if number > pairs.count { pairs.append(colours) }
      }
      inks[role] = Ink(attributes: ink.attributes, colours: UInt16(number))
    }
    self.inks = inks
    self.pairs = pairs
  }

  /// Makes the cell of a style, without text.
  ///
  /// - Parameter pictures: the numbers for the colours of pictures.
  func cell(_ style: Style, _ pictures: inout PicturePairs) -> ct_cell {
    var cell = ct_cell()
    if let colours = style.colours {
      cell.colours = pictures.number(of: colours)
      return cell
    }
    let ink = inks[style.role] ?? Ink(attributes: [], colours: 0)
    let attributes = style.isReversed ? ink.attributes.symmetricDifference(.reverse) : ink.attributes
    cell.attributes = UInt16(attributes.rawValue)
    cell.colours = ink.colours
    return cell
  }
}

/// The numbers of the colour pairs for pictures, given out when they are wanted.
struct PicturePairs {
  private let first: Int
  private let end: Int
  private var numbers: [Style.CellColours: Int] = [:]
  private var new: [(Int, Style.CellColours)] = []

  /// - Parameter end: one past the last number.
  init(first: Int, end: Int) {
    self.first = first
    self.end = end
  }

  /// The number of a pair. When all are given out it is 0, the terminal's own colours.
  mutating func number(of colours: Style.CellColours) -> UInt16 {
    if let number = numbers[colours] { return UInt16(number) }
    let number = first + numbers.count
    guard number < end else { return 0 }
    numbers[colours] = number
    new.append((number, colours))
    return UInt16(number)
  }

  /// Takes the pairs that the terminal does not know yet.
  mutating func takeNew() -> [(Int, Style.CellColours)] {
    defer { new = [] }
    return new
  }
}
