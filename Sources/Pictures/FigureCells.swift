public import TerminalText

/// The characters that draw the edges of areas.
public enum AreaGlyphs: Sendable, Hashable {
  /// The quarters of a cell, which all fonts with block elements have.
  case quadrants
  /// The sixths of a cell, from the symbols for legacy computing (Unicode 13).
  case sextants
}

extension FigureDrawing {
  /// Draws the figure in at most so many cells.
  ///
  /// Thin lines are dots of braille, the edges of areas are blocks, and texts are characters.
  ///
  /// - Parameter isEnlarged: True when it shall fill the room; else it is never larger than it was laid out for.
  public func lines(
    columns: Int, rows: Int, areas: AreaGlyphs = .quadrants, isEnlarged: Bool = false
  ) -> [Line] {
    let scale = min(Double(columns) / Double(self.columns), Double(rows) / Double(self.rows))
    let used = isEnlarged ? scale : min(1, scale)
    let columns = max(1, min(columns, Int((Double(self.columns) * used).rounded())))
    let rows = max(1, min(rows, Int((Double(self.rows) * used).rounded())))
    var cells = (0..<rows).map { row in
      (0..<columns).map { column in
        InkedCell(
          pixels, columns: (0..<pixels.width).part(column, of: columns),
          rows: (0..<pixels.height).part(row, of: rows))
      }
    }
    cells.strengthenEdges()
    var glyphs = cells.indices.map { row in
      cells[row].indices.map { Glyph(of: cells, row: row, column: $0, areas: areas) }
    }
    TextPlacement(columns: columns, rows: rows).place(texts, in: &glyphs, over: cells)
    return glyphs.map(\.line)
  }
}

/// A cell as it is drawn. A wide character has an empty one behind it.
struct Glyph {
  var text: String
  var ink: Pixels.Colour
  var paper: Pixels.Colour
  var isBold = false

  private init(_ text: String, _ ink: Pixels.Colour, _ paper: Pixels.Colour) {
    self.text = text
    self.ink = ink
    self.paper = paper
  }

  /// - Parameters:
  ///   - text: a character, or nothing behind a wide one.
  init(text: String, ink: Pixels.Colour, over cell: InkedCell, isBold: Bool) {
    self.init(text, ink, cell.coverage > 0.5 ? cell.ink : cell.paper)
    self.isBold = isBold
  }

  init(of cells: [[InkedCell]], row: Int, column: Int, areas: AreaGlyphs) {
    let cell = cells[row][column]
    if cell.isBlank {
      self.init(" ", cell.paper, cell.paper)
    } else if var arms = cell.arms {
      let beside: [(HairlineArms, Int, Int)] = [
        (.left, row, column - 1), (.right, row, column + 1), (.up, row - 1, column), (.down, row + 1, column),
      ]
      for (arm, row, column) in beside where cell.openEnds.contains(arm) {
        guard cells.indices.contains(row), cells[row].indices.contains(column) else { continue }
        if !cells[row][column].isBlank { arms.insert(arm) }
      }
      self.init(arms.character, cell.ink, cell.paper)
    } else if cell.isMixed || cell.coverage >= Self.areaCoverage || Self.isEdge(cells, row, column) {
      self.init(Self.block(of: cell.dots, areas), cell.ink, cell.paper)
    } else {
      self.init(Self.braille(cell.dots), cell.ink, cell.paper)
    }
  }

  /// A cell with so much ink shows a part of an area, and not a line.
  private static let areaCoverage = 0.6

  /// True when a cell beside has much of this one's ink: this one is then the edge of an area.
  private static func isEdge(_ cells: [[InkedCell]], _ row: Int, _ column: Int) -> Bool {
    let ink = cells[row][column].ink
    return [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)].contains {
      row, column in
      guard cells.indices.contains(row), cells[row].indices.contains(column) else { return false }
      let other = cells[row][column]
      if other.isBlank { return other.paper.distance(to: ink) < 1000 }
      return other.coverage >= 0.5 && other.ink == ink
    }
  }

  /// The bits of the dots in the order of Unicode, row by row.
  private static let brailleBits: [UInt32] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]

  private static func braille(_ dots: [Double]) -> String {
    // A thin line between two dots has little of both, so the strongest dot is the measure.
    let least = (dots.max() ?? 0) * 0.5
    let bits = zip(dots, brailleBits).reduce(UInt32(0)) { $1.0 >= least ? $0 | $1.1 : $0 }
    return character(0x2800 + bits)
  }

  private static let quadrants = Array(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█").map(String.init)

  private static func block(of dots: [Double], _ areas: AreaGlyphs) -> String {
    func part(_ column: Int, _ rows: [Int]) -> Bool {
      rows.reduce(0) { $0 + dots[$1 * 2 + column] } >= Double(rows.count) / 2
    }
    switch areas {
    case .quadrants:
      let parts = [part(0, [0, 1]), part(1, [0, 1]), part(0, [2, 3]), part(1, [2, 3])]
      return quadrants[parts.enumerated().reduce(0) { $1.element ? $0 | 1 << $1.offset : $0 }]
    case .sextants:
      // The middle third of four rows has a third of each of two rows.
      func thirds(_ column: Int) -> [Bool] {
        let column = stride(from: column, to: 8, by: 2).map { dots[$0] }
        return [
          column[0] * 0.75 + column[1] * 0.25, (column[1] + column[2]) / 2,
          column[2] * 0.25 + column[3] * 0.75,
        ].map { $0 >= 0.5 }
      }
      let (left, right) = (thirds(0), thirds(1))
      return sextant(
        (0..<3).reduce(0) { $0 | (left[$1] ? 1 << ($1 * 2) : 0) | (right[$1] ? 2 << ($1 * 2) : 0) })
    }
  }

  /// The character for six parts. Unicode leaves out those that it had before: nothing, the halves, and all.
  private static func sextant(_ bits: UInt32) -> String {
    switch bits {
    case 0: return " "
    case 0b010101: return "▌"
    case 0b101010: return "▐"
    case 0b111111: return "█"
    default: return character(0x1FB00 + bits - 1 - (bits > 0b010101 ? 1 : 0) - (bits > 0b101010 ? 1 : 0))
    }
  }

  private static func character(_ value: UInt32) -> String { Unicode.Scalar(value).map { String($0) } ?? " " }
}

extension [[InkedCell]] {
  /// Gives cells that have but the edge of a line the ink of the line beside.
  fileprivate mutating func strengthenEdges() {
    let before = self
    for row in indices {
      for column in self[row].indices where !before[row][column].isBlank && before[row][column].coverage < 0.2
      {
        for (row2, column2) in [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]
        where before.indices.contains(row2) && before[row2].indices.contains(column2) {
          self[row][column].takeInk(of: before[row2][column2])
        }
      }
    }
  }
}

extension [Glyph] {
  /// The row with neighbours of the same look together.
  fileprivate var line: Line {
    var line: Line = []
    for glyph in self where !glyph.text.isEmpty {
      let look = TextLook(
        foreground: glyph.ink.colour, background: glyph.paper.colour, attributes: glyph.isBold ? .bold : [])
      let style = Style(.picture, look: look)
      if line.last?.style == style {
        line[line.count - 1].text += glyph.text
      } else {
        line.append(Span(glyph.text, style))
      }
    }
    return line
  }
}

extension Pixels.Colour {
  fileprivate var colour: TextLook.Colour { .rgb(red: red, green: green, blue: blue) }
}
