internal import TerminalText

/// The way in which the full screen shows pictures.
public enum PictureMeans: Sendable, Hashable {
  /// Only a line tells of an image.
  case none
  /// Cells of two colours.
  case cells
  /// The same; and where nothing scrolls, pixels that lie over the cells.
  case overlay
  /// Pixels in the place of cells: kitty's placeholders. A process takes numbers after its own seed.
  case placeholders(seed: UInt8)

  /// True where figures of matplotlib are drawn for cells.
  var drawsFigures: Bool { self == .cells || self == .overlay }
}

/// The size of a cell in pixels.
public struct CellPixels: Sendable, Hashable {
  public var width: Int
  public var height: Int

  /// A small size, for terminals that do not tell: a picture must not go beyond its room.
  public static let usual = CellPixels(width: 6, height: 12)

  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

extension CellPixels {
  /// The cells for a picture of so many pixels, in its shape.
  ///
  /// - Parameter isEnlarged: True when it shall fill the room; else it is never larger than it is.
  func cells(width: Int, height: Int, in room: Size, isEnlarged: Bool = false) -> Size {
    let across = Double(room.columns * self.width) / Double(width)
    let down = Double(room.rows * self.height) / Double(height)
    let scale = isEnlarged ? min(across, down) : min(1, across, down)
    let columns = (Double(width) * scale / Double(self.width)).rounded(.up)
    let rows = (Double(height) * scale / Double(self.height)).rounded(.up)
    return Size(columns: max(1, min(room.columns, Int(columns))), rows: max(1, min(room.rows, Int(rows))))
  }
}
