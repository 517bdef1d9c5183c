/// An opaque picture: three bytes a pixel, red, green and blue, row by row.
public struct Pixels: Sendable, Hashable {
  public struct Colour: Sendable, Hashable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8

    public init(red: UInt8, green: UInt8, blue: UInt8) {
      self.red = red
      self.green = green
      self.blue = blue
    }
  }

  public let width: Int
  public let height: Int
  public let bytes: [UInt8]

  public init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(bytes.count == width * height * 3)
    self.width = width
    self.height = height
    self.bytes = bytes
  }

  public subscript(column: Int, row: Int) -> Colour {
    let start = (row * width + column) * 3
    return Colour(red: bytes[start], green: bytes[start + 1], blue: bytes[start + 2])
  }

  /// Scales the picture. Each pixel is the mean of those that it replaces.
  public func scaled(toWidth newWidth: Int, height newHeight: Int) -> Pixels {
    if newWidth == width, newHeight == height { return self }
    var scaled = [UInt8](repeating: 0, count: newWidth * newHeight * 3)
    bytes.withUnsafeBufferPointer { source in
      for newRow in 0..<newHeight {
        let rows = Self.span(newRow, of: newHeight, over: height)
        for newColumn in 0..<newWidth {
          let columns = Self.span(newColumn, of: newWidth, over: width)
          var red = 0
          var green = 0
          var blue = 0
          for row in rows {
            var place = (row * width + columns.lowerBound) * 3
            for _ in columns {
              red += Int(source[place])
              green += Int(source[place + 1])
              blue += Int(source[place + 2])
              place += 3
            }
          }
          let count = rows.count * columns.count
          let target = (newRow * newWidth + newColumn) * 3
          scaled[target] = UInt8(red / count)
          scaled[target + 1] = UInt8(green / count)
          scaled[target + 2] = UInt8(blue / count)
        }
      }
    }
    return Pixels(width: newWidth, height: newHeight, bytes: scaled)
  }

  /// Scales the picture so that it just fits, in its shape.
  public func fitted(width most: Int, height mostHigh: Int) -> Pixels {
    let scale = min(Double(max(1, most)) / Double(width), Double(max(1, mostHigh)) / Double(height))
    return scaled(
      toWidth: max(1, Int(Double(width) * scale)), height: max(1, Int(Double(height) * scale)))
  }

  /// The part of `length` that the pixel at `index` of `count` covers; at least one.
  private static func span(_ index: Int, of count: Int, over length: Int) -> Range<Int> {
    let start = index * length / count
    return start..<max(start + 1, (index + 1) * length / count)
  }
}
