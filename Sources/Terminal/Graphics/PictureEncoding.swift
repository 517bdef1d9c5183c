public import Pictures
import SystemSupport
import TerminalText

/// The text that makes a terminal show a picture. The picture's own bytes go in base64 or as pixels, so that
/// nothing in them drives the terminal.
public enum PictureEncoding {
  private static let escape = "\u{1b}"
  private static let stop = "\u{1b}\\"
  /// The longest piece that kitty takes, in characters of base64.
  private static let kittyPiece = 4096

  /// - Parameter columns: the columns to fit the picture into; nil shows it in its own size.
  static func kitty(_ file: PNGFile, columns: Int?) -> String {
    let data = Array(Data(file.bytes).base64EncodedString().utf8)
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

  /// Makes a picture stand where its placeholders are (kitty's protocol).
  ///
  /// - Parameters:
  ///   - file: the picture; nil when the terminal has it.
  ///   - inTmux: True when tmux stands between, which passes on what is wrapped for it.
  public static func placed(
    _ file: PNGFile?, id: UInt32, columns: Int, rows: Int, inTmux: Bool
  ) -> String {
    let place = "U=1,q=2,i=\(id),p=1,c=\(columns),r=\(rows)"
    guard let file else { return command("a=p,\(place)", "", inTmux: inTmux) }
    let data = Array(Data(file.bytes).base64EncodedString().utf8)
    return stride(from: 0, to: data.count, by: kittyPiece).reduce(into: "") { text, start in
      let end = min(start + kittyPiece, data.count)
      let first = start == 0 ? "a=T,f=100,\(place)," : ""
      let piece = String(decoding: data[start..<end], as: UTF8.self)
      text += command("\(first)m=\(end < data.count ? 1 : 0)", piece, inTmux: inTmux)
    }
  }

  /// Deletes a picture from the terminal (kitty's protocol).
  public static func deleted(id: UInt32, inTmux: Bool) -> String {
    command("a=d,d=I,q=2,i=\(id)", "", inTmux: inTmux)
  }

  private static func command(_ keys: String, _ data: String, inTmux: Bool) -> String {
    let command = "\(escape)_G\(keys)\(data.isEmpty ? "" : ";")\(data)\(stop)"
    guard inTmux else { return command }
    return "\(escape)Ptmux;\(command.replacing(escape, with: escape + escape))\(stop)"
  }

  /// The sequence of iTerm2 for a picture that fills an area as far as its shape allows.
  public static func iterm2(_ bytes: [UInt8], columns: Int, rows: Int) -> String {
    "\(escape)]1337;File=inline=1;size=\(bytes.count);width=\(columns);height=\(rows);"
      + "preserveAspectRatio=1;doNotMoveCursor=1:\(Data(bytes).base64EncodedString())\u{7}"
  }

  static func iterm2(_ bytes: [UInt8], columns: Int?) -> String {
    let width = columns.map { ";width=\($0)" } ?? ""
    return "\(escape)]1337;File=inline=1;size=\(bytes.count)\(width);preserveAspectRatio=1:"
      + Data(bytes).base64EncodedString() + "\u{7}\n"
  }

  static func cells(_ lines: [Line], depth: ColourDepth) -> String {
    lines.reduce(into: "") { text, line in
      for span in line {
        text += span.style.look.map { "\(escape)[0;\($0.numbers(depth))m" } ?? ""
        text += span.text
      }
      text += "\(escape)[0m\n"
    }
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

/// Writes pixels as sixels: strips of six rows, drawn colour by colour.
public struct SixelEncoder {
  private let pixels: Pixels
  /// The number of each pixel's colour, from 0.
  private let colours: [UInt8]

  public init(_ pixels: Pixels) {
    self.pixels = pixels
    var known: [Pixels.Colour: UInt8] = [:]
    colours = (0..<pixels.width * pixels.height).map { index in
      let colour = pixels[index % pixels.width, index / pixels.width]
      if let number = known[colour] { return number }
      let number = UInt8(XtermPalette.nearest(to: colour) - XtermPalette.first)
      known[colour] = number
      return number
    }
  }

  /// The sequence and a line end.
  var text: String { sequence + "\n" }

  public var sequence: String {
    var bytes: [UInt8] = []
    bytes += "\u{1b}P0;1;0q\"1;1;\(pixels.width);\(pixels.height)".utf8
    for number in Set(colours).sorted() {
      let colour = XtermPalette[Int(number) + XtermPalette.first]
      let shares = [colour.red, colour.green, colour.blue].map { String((Int($0) * 100 + 127) / 255) }
      bytes += "#\(number);2;\(shares.joined(separator: ";"))".utf8
    }
    for top in stride(from: 0, to: pixels.height, by: 6) { encode(stripAt: top, into: &bytes) }
    return String(decoding: bytes, as: UTF8.self) + "\u{1b}\\"
  }

  private func encode(stripAt top: Int, into bytes: inout [UInt8]) {
    let width = pixels.width
    let rows = min(6, pixels.height - top)
    // Each colour in the strip has a mask for each column: the pixels of the six that have it.
    var masks: [UInt8: [UInt8]] = [:]
    for row in 0..<rows {
      for column in 0..<width {
        let colour = colours[(top + row) * width + column]
        masks[colour, default: [UInt8](repeating: 0, count: width)][column] |= 1 << UInt8(row)
      }
    }
    for (index, colour) in masks.keys.sorted().enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: "$")) }
      bytes += "#\(colour)".utf8
      encode(masks[colour] ?? [], into: &bytes)
    }
    bytes.append(UInt8(ascii: "-"))
  }

  private func encode(_ masks: [UInt8], into bytes: inout [UInt8]) {
    var index = 0
    while index < masks.count {
      let mask = masks[index]
      let start = index
      while index < masks.count, masks[index] == mask { index += 1 }
      let count = index - start
      if index == masks.count, mask == 0 { return }
      let sign = UInt8(ascii: "?") + mask
      if count > 3 {
        bytes += "!\(count)".utf8
        bytes.append(sign)
      } else {
        bytes += Array(repeating: sign, count: count)
      }
    }
  }
}
