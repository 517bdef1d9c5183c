import CTerminal
import TerminalText

/// A row of spans as cells, cut at the screen's edge.
///
/// ``DisplayWidth`` alone decides which columns a character takes. ncurses counts by tables of the C library,
/// so a character that is wider there leaves its columns blank.
struct CellRow {
  private(set) var cells: [ct_cell] = []
  private let columns: Int
  private var column = 0

  init(_ spans: [Span], columns: Int, pen: Pen, pictures: inout PicturePairs) {
    self.columns = columns
    for span in spans {
      let blank = pen.cell(span.style, &pictures)
      for character in span.text {
        let width = DisplayWidth.of(character)
        // A wide character does not fit into the last column, and no later text may stand in its place.
        guard column + width <= columns else { return }
        append(character, until: column + width, blank)
      }
    }
  }

  private mutating func append(_ character: Character, until end: Int, _ blank: ct_cell) {
    var isJoined = false
    for scalar in character.unicodeScalars {
      switch Self.kind(of: scalar) {
      // Terminals disagree about the width of joined emoji, so only the first of them is drawn.
      case .joiner: isJoined = true
      case .selector: break
      case .combining: combine(scalar)
      case .text(let width):
        if !isJoined, column + width <= end { append(scalar, width: width, blank) }
        isJoined = false
      case .hazard:
        if column < end { append(Self.replacement, width: 1, blank) }
      }
    }
    while column < end { append(" ", width: 1, blank) }
  }

  private mutating func append(_ scalar: Unicode.Scalar, width: Int, _ blank: ct_cell) {
    var cell = blank
    cell.scalars.0 = scalar.value
    cell.column = UInt16(column)
    cells.append(cell)
    column += width
  }

  private mutating func combine(_ scalar: Unicode.Scalar) {
    guard let last = cells.indices.last else { return }
    withUnsafeMutableBytes(of: &cells[last].scalars) { bytes in
      let scalars = bytes.bindMemory(to: UInt32.self)
      if let free = scalars.firstIndex(of: 0) { scalars[free] = scalar.value }
    }
  }

  private enum Kind {
    case text(width: Int)
    case combining
    case joiner
    /// The scalar asks for another form of the character before it.
    case selector
    /// The scalar could drive the terminal, or cannot be drawn.
    case hazard
  }

  private static let replacement: Unicode.Scalar = ct_width(0xfffd) == 1 ? "\u{fffd}" : "?"

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0x20...0x7e: return .text(width: 1)
    case 0x200d: return .joiner
    case 0xfe00...0xfe0f, 0x1f3fb...0x1f3ff, 0xe0020...0xe007f: return .selector
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return .hazard
    default: break
    }
    // This says only how ncurses can draw the scalar, not where the next one stands.
    switch ct_width(scalar.value) {
    case 0: return .combining
    case 1: return .text(width: 1)
    case 2: return .text(width: 2)
    default: return .hazard
    }
  }
}

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
