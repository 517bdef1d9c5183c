/// A cell of a drawing: a part of the pixels, told by two colours and a pattern of the one on the other.
struct InkedCell {
  /// The colour of the pattern.
  var ink: Pixels.Colour
  /// The colour behind it, which most pixels have.
  var paper: Pixels.Colour
  /// The shares of ink in the cell's parts, each from 0 to 1: two columns of four.
  var dots: [Double] = []
  /// The share of ink in the whole cell.
  var coverage = 0.0
  /// True when two colours tell too little, as in a photograph.
  var isMixed = false
  /// The arms of hairlines, if they are all the ink that there is.
  var arms: HairlineArms?
  /// More arms, which there are if the cells beside have ink.
  var openEnds: HairlineArms = []

  /// True when there is nothing but paper.
  var isBlank: Bool { dots.isEmpty }

  /// Colours that are nearer than this look the same.
  private static let sameness = 20 * 20 * 3
  /// The share of pixels that two colours may leave untold.
  private static let mostUntold = 0.3
  /// Pixels of a hairline are so near to its colour.
  private static let nearness = 60 * 60 * 3

  /// Judges the pixels in a rectangle.
  init(_ pixels: Pixels, columns: Range<Int>, rows: Range<Int>) {
    var counts: [Pixels.Colour: Int] = [:]
    for row in rows { for column in columns { counts[pixels[column, row], default: 0] += 1 } }
    let common = counts.max { ($0.value, $0.key.sum) < ($1.value, $1.key.sum) }
    paper = common?.key ?? Pixels.Colour(red: 255, green: 255, blue: 255)
    ink = paper
    guard let far = counts.keys.max(by: { farther($0, than: $1) }), far.distance(to: paper) > Self.sameness
    else {
      return
    }
    ink = far
    let scale = InkScale(from: paper, to: ink)
    let count = Double(columns.count * rows.count)
    coverage = counts.reduce(0) { $0 + scale.share($1.key) * Double($1.value) } / count
    let untold = counts.reduce(0) { $0 + (scale.misses($1.key) ? $1.value : 0) }
    isMixed = Double(untold) > Self.mostUntold * count
    dots = (0..<8).map { dot in
      Self.share(of: scale, pixels, columns.part(dot % 2, of: 2), rows.part(dot / 2, of: 4))
    }
    // Pale ink is nearer to the paper than that.
    let nearness = min(Self.nearness, ink.distance(to: paper) / 4)
    let isNear = rows.map { row in columns.map { pixels[$0, row].distance(to: ink) < nearness } }
    arms = HairlineArms(isNear, openEnds: &openEnds)
  }

  /// Takes the ink of a cell beside, where this one has but the pale edge of the same line.
  mutating func takeInk(of neighbour: InkedCell) {
    guard !isBlank, arms == nil, !neighbour.isBlank, neighbour.paper == paper else { return }
    let scale = InkScale(from: paper, to: neighbour.ink)
    let share = scale.share(ink)
    guard share < 0.9, !scale.misses(ink) else { return }
    ink = neighbour.ink
    dots = dots.map { $0 * share }
    coverage *= share
    // The rest may be too little to be seen.
    if (dots.max() ?? 0) < 0.25 { dots = [] }
  }

  private func farther(_ a: Pixels.Colour, than b: Pixels.Colour) -> Bool {
    (a.distance(to: paper), a.sum) < (b.distance(to: paper), b.sum)
  }

  private static func share(
    of scale: InkScale, _ pixels: Pixels, _ columns: Range<Int>, _ rows: Range<Int>
  ) -> Double {
    var sum = 0.0
    for row in rows { for column in columns { sum += scale.share(pixels[column, row]) } }
    return sum / Double(max(1, columns.count * rows.count))
  }
}

/// The way from one colour to another, on which all colours between them lie.
private struct InkScale {
  private let start: Pixels.Colour
  private let way: (red: Double, green: Double, blue: Double)
  private let length: Double

  init(from start: Pixels.Colour, to end: Pixels.Colour) {
    self.start = start
    way = start.way(to: end)
    length = way.red * way.red + way.green * way.green + way.blue * way.blue
  }

  /// The share of the end in a colour.
  func share(_ colour: Pixels.Colour) -> Double {
    if colour == start { return 0 }
    let part = start.way(to: colour)
    return min(1, max(0, (part.red * way.red + part.green * way.green + part.blue * way.blue) / length))
  }

  /// True for a colour that lies far from the way.
  func misses(_ colour: Pixels.Colour) -> Bool {
    if colour == start { return false }
    let share = share(colour)
    let part = start.way(to: colour)
    let rest = (part.red - share * way.red, part.green - share * way.green, part.blue - share * way.blue)
    return rest.0 * rest.0 + rest.1 * rest.1 + rest.2 * rest.2 > 50 * 50
  }
}

extension Pixels.Colour {
  fileprivate var sum: Int { Int(red) << 16 + Int(green) << 8 + Int(blue) }

  fileprivate func way(to end: Self) -> (red: Double, green: Double, blue: Double) {
    (Double(end.red) - Double(red), Double(end.green) - Double(green), Double(end.blue) - Double(blue))
  }

  func distance(to other: Self) -> Int {
    func square(_ a: UInt8, _ b: UInt8) -> Int { (Int(a) - Int(b)) * (Int(a) - Int(b)) }
    return square(red, other.red) + square(green, other.green) + square(blue, other.blue)
  }
}

/// The directions in which lines of one pixel go from the middle of a cell to its edges.
struct HairlineArms: OptionSet {
  let rawValue: Int

  static let left = Self(rawValue: 1)
  static let right = Self(rawValue: 2)
  static let up = Self(rawValue: 4)
  static let down = Self(rawValue: 8)

  init(rawValue: Int) { self.rawValue = rawValue }

  /// Finds the lines in a cell; nil where there is ink beside them.
  ///
  /// A line goes through the whole cell, or comes from the left or right. Two lines go from their crossing to the
  /// edges; others at the crossing may be short, such as the marks of an axis.
  ///
  /// - Parameters:
  ///   - ink: the pixels with ink, row by row.
  ///   - openEnds: Is set to more arms, which there are if the cells beside have ink.
  init?(_ ink: [[Bool]], openEnds: inout HairlineArms) {
    guard let width = ink.first?.count, width > 2, ink.count > 3 else { return nil }
    let inRows = ink.map { $0.count(where: \.self) }
    let inColumns = (0..<width).map { column in ink.count { $0[column] } }
    let most = inRows.max() ?? 0
    let mostDown = inColumns.max() ?? 0
    let total = inRows.reduce(0, +)
    if most == width, total == width {
      self = [.left, .right]
    } else if mostDown == ink.count, total == ink.count {
      self = [.up, .down]
    } else if most == total, total > 2, let row = inRows.firstIndex(of: most) {
      // The mark of an axis may end here.
      guard ink[row][0] != ink[row][width - 1] else { return nil }
      self = ink[row][0] ? .left : .right
    } else {
      guard let row = inRows.firstIndex(of: most), let column = inColumns.firstIndex(of: mostDown),
        ink[row][column], most + mostDown - 1 == total
      else { return nil }
      let sides: [(Self, ArraySlice<Bool>)] = [
        (.left, ink[row][..<column]), (.right, ink[row][(column + 1)...]),
        (.up, ink.map { $0[column] }[..<row]), (.down, ink.map { $0[column] }[(row + 1)...]),
      ]
      let isWhole = sides.map { $1.allSatisfy(\.self) }
      let (isAcross, isDown) = (isWhole[0] && isWhole[1], isWhole[2] && isWhole[3])
      guard isAcross || isDown || zip(sides, isWhole).count(where: { !$0.1.isEmpty && $1 }) > 1 else {
        return nil
      }
      self = sides.filter { $1.contains(true) }.reduce(into: []) { $0.insert($1.0) }
      // A line that is crossed at the very edge of the cell may go on in the next one.
      if isAcross, !isDown { openEnds = Self([.left, .right]).subtracting(self) }
      if isDown, !isAcross { openEnds = Self([.up, .down]).subtracting(self) }
    }
  }

  private static let characters = Array(" ╴╶─╵┘└┴╷┐┌┬│┤├┼").map(String.init)

  var character: String { Self.characters[rawValue] }
}

extension Range<Int> {
  /// One of equal parts, with at least one number.
  func part(_ index: Int, of count: Int) -> Range<Int> {
    let start = Swift.min(lowerBound + self.count * index / count, upperBound - 1)
    return start..<Swift.max(start + 1, lowerBound + self.count * (index + 1) / count)
  }
}
