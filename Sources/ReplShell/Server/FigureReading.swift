import MCP
import Pictures
import SystemSupport

extension FigureDrawing {
  /// The largest number of texts that is taken.
  private static let mostTexts = 1000
  private static let sides = 1...500

  /// Reads a drawing in the form of the guest's `cells.py`; nil for another text. The guest is not trusted.
  init?(json text: String) {
    guard let json = try? JSON(parsing: text.utf8), let columns = json["columns"]?.intValue,
      let rows = json["rows"]?.intValue, Self.sides.contains(columns), Self.sides.contains(rows),
      let picture = json["picture"]?.stringValue.flatMap({ Data(base64Encoded: $0) }),
      let pixels = PNGFile(Array(picture))?.pixels(), let texts = json["texts"]?.arrayValue
    else { return nil }
    self.init(
      columns: columns, rows: rows, pixels: pixels,
      texts: texts.prefix(Self.mostTexts).compactMap { $0.arrayValue.flatMap(Text.init(members:)) })
  }
}

extension FigureDrawing.Text {
  fileprivate init?(members: [JSON]) {
    guard members.count == 8, let x = members[0].doubleValue, let y = members[1].doubleValue,
      (-1...2).contains(x), (-1...2).contains(y), let alignment = members[2].doubleValue,
      (0...1).contains(alignment), let isVertical = members[3].boolValue, let text = members[4].stringValue,
      let parts = members[5].arrayValue?.compactMap({ $0.intValue.flatMap(UInt8.init(exactly:)) }),
      parts.count == 3,
      let isBold = members[6].boolValue, let size = members[7].doubleValue
    else { return nil }
    self.init(
      x: x, y: y, alignment: alignment, isVertical: isVertical, text: text,
      colour: Pixels.Colour(red: parts[0], green: parts[1], blue: parts[2]), isBold: isBold, size: size)
  }
}
