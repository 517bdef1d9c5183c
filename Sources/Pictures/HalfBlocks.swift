/// A picture as cells of a terminal. Each cell shows two pixels: the upper one as the colour of `▀`, the
/// lower one as the colour behind it. Usual cells are twice as high as wide, so such pixels are square.
public struct HalfBlocks: Sendable, Hashable {
  public struct Cell: Sendable, Hashable {
    public var upper: Pixels.Colour
    public var lower: Pixels.Colour
  }

  public static let character = "▀"
  /// A picture takes at most its width in pixels, divided by this, as columns.
  static let pixelsInColumn = 8

  public let rows: [[Cell]]

  /// Fits the picture into so many columns and rows, keeping its shape.
  ///
  /// - Parameter width: The picture's own width in pixels, where `pixels` is a smaller copy of it.
  public init(_ pixels: Pixels, width: Int? = nil, columns: Int, rows: Int) {
    let natural = ((width ?? pixels.width) + Self.pixelsInColumn - 1) / Self.pixelsInColumn
    var columns = max(1, min(columns, natural))
    var height = max(1, columns * pixels.height / pixels.width)
    if height > rows * 2 {
      height = max(1, rows * 2)
      columns = max(1, min(columns, height * pixels.width / pixels.height))
    }
    let rowCount = (height + 1) / 2
    let scaled = pixels.scaled(toWidth: columns, height: rowCount * 2)
    self.rows = (0..<rowCount).map { row in
      (0..<columns).map { Cell(upper: scaled[$0, row * 2], lower: scaled[$0, row * 2 + 1]) }
    }
  }
}

/// The 240 fixed colours of terminals that have 256: a cube of six steps a side, then shades of grey.
public enum XtermPalette {
  /// The first of them; the ones before are the user's to choose.
  public static let first = 16
  public static let count = 240

  private static let steps = [0, 95, 135, 175, 215, 255]
  private static let cubeCount = 216

  /// Gives the number, from 16 to 255, of the nearest colour.
  public static func nearest(to colour: Pixels.Colour) -> Int {
    let red = step(colour.red)
    let green = step(colour.green)
    let blue = step(colour.blue)
    let mean = (Int(colour.red) + Int(colour.green) + Int(colour.blue)) / 3
    let shade = max(0, min(23, (mean - 3) / 10))
    let grey = first + cubeCount + shade
    let cube = first + red * 36 + green * 6 + blue
    return distance(colour, self[cube]) <= distance(colour, self[grey]) ? cube : grey
  }

  /// Gives the colour of a number from 16 to 255.
  public static subscript(number: Int) -> Pixels.Colour {
    let index = number - first
    if index >= cubeCount {
      let value = UInt8(8 + (index - cubeCount) * 10)
      return Pixels.Colour(red: value, green: value, blue: value)
    }
    return Pixels.Colour(
      red: UInt8(steps[index / 36]), green: UInt8(steps[index / 6 % 6]), blue: UInt8(steps[index % 6]))
  }

  private static func step(_ value: UInt8) -> Int {
    switch value {
    case ..<48: 0
    case ..<115: 1
    default: (Int(value) - 35) / 40
    }
  }

  private static func distance(_ a: Pixels.Colour, _ b: Pixels.Colour) -> Int {
    func square(_ a: UInt8, _ b: UInt8) -> Int { (Int(a) - Int(b)) * (Int(a) - Int(b)) }
    return square(a.red, b.red) + square(a.green, b.green) + square(a.blue, b.blue)
  }
}
