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
