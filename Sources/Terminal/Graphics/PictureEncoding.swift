import Pictures

/// The text that makes a terminal show a picture. The picture's own bytes go in base64 or as pixels, so that
/// nothing in them drives the terminal.
enum PictureEncoding {
  private static let escape = "\u{1b}"
  private static let stop = "\u{1b}\\"
  /// The longest piece that kitty takes, in characters of base64.
  private static let kittyPiece = 4096

  /// - Parameter columns: the columns to fit the picture into; nil shows it in its own size.
  static func kitty(_ file: PNGFile, columns: Int?) -> String {
    let data = Array(Base64.encode(file.bytes).utf8)
    var text = ""
    for start in stride(from: 0, to: data.count, by: kittyPiece) {
      let end = min(start + kittyPiece, data.count)
      // The terminal must not answer (q=2).
      let size = columns.map { ",c=\($0)" } ?? ""
      let first = start == 0 ? "a=T,f=100,q=2\(size)," : ""
      let more = end < data.count ? 1 : 0
      text += "\(escape)_G\(first)m=\(more);\(String(decoding: data[start..<end], as: UTF8.self))\(stop)"
    }
    return text + "\n"
  }

  static func iterm2(_ bytes: [UInt8], columns: Int?) -> String {
    let width = columns.map { ";width=\($0)" } ?? ""
    return "\(escape)]1337;File=inline=1;size=\(bytes.count)\(width);preserveAspectRatio=1:"
      + Base64.encode(bytes) + "\u{7}\n"
  }

  static func blocks(_ blocks: HalfBlocks, trueColour: Bool) -> String {
    func parameters(_ colour: Pixels.Colour) -> String {
      trueColour
        ? "2;\(colour.red);\(colour.green);\(colour.blue)" : "5;\(XtermPalette.nearest(to: colour))"
    }
    var text = ""
    for row in blocks.rows {
      var last: HalfBlocks.Cell?
      for cell in row {
        if cell != last { text += "\(escape)[38;\(parameters(cell.upper));48;\(parameters(cell.lower))m" }
        last = cell
        text += HalfBlocks.character
      }
      text += "\(escape)[0m\n"
    }
    return text
  }
}
