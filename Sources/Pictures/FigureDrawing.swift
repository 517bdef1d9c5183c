/// A figure that was drawn for the cells of a terminal: its texts are apart, for characters, and the pixels have all
/// else.
public struct FigureDrawing: Sendable, Hashable {
  /// A text of the figure. Its place is a share of the figure's width and height.
  public struct Text: Sendable, Hashable {
    /// The horizontal place of the text's beginning, middle or end, as the alignment says.
    public var x: Double
    /// The vertical middle of the text.
    public var y: Double
    /// The alignment: 0 for the beginning at `x`, 1 for the end, 0.5 for the middle.
    public var alignment: Double
    /// True when each letter stands below the one before.
    public var isVertical: Bool
    public var text: String
    public var colour: Pixels.Colour
    public var isBold: Bool
    /// The size of the type in points. Larger texts are placed before others.
    public var size: Double

    public init(
      x: Double, y: Double, alignment: Double, isVertical: Bool = false, text: String, colour: Pixels.Colour,
      isBold: Bool = false, size: Double = 10
    ) {
      self.x = x
      self.y = y
      self.alignment = alignment
      self.isVertical = isVertical
      self.text = text
      self.colour = colour
      self.isBold = isBold
      self.size = size
    }
  }

  /// The cells that the figure was laid out for.
  public let columns: Int
  public let rows: Int
  public let pixels: Pixels
  public let texts: [Text]

  public init(columns: Int, rows: Int, pixels: Pixels, texts: [Text]) {
    self.columns = columns
    self.rows = rows
    self.pixels = pixels
    self.texts = texts
  }
}
