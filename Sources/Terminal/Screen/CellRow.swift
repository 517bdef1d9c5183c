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

  init(_ spans: [Span], columns: Int, pen: Pen, pairs: inout ColourPairs) {
    self.columns = columns
    for span in spans {
      let blank = pen.cell(span.style, &pairs)
      let isStruck = span.style.look?.attributes.contains(.strike) == true
      for character in span.text {
        let width = DisplayWidth.of(character)
        // A wide character does not fit into the last column, and no later text may stand in its place.
        guard column + width <= columns else { return }
        append(character, until: column + width, blank)
        if isStruck, width > 0, let stroke = Self.stroke { combine(stroke) }
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

  /// The mark that strikes a character through, which ncurses has no attribute for; nil where it is not drawn.
  private static let stroke: Unicode.Scalar? = ct_width(0x336) == 0 ? "\u{336}" : nil
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
