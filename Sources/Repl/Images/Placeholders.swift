internal import TerminalText

/// The number of a picture that a terminal with kitty's protocol keeps. The cells of the picture tell it by their
/// colour, which is one of the palette, and by a mark.
public struct PlaceholderID: Sendable, Hashable {
  /// The number in the palette, from 16, because the first colours are sent in other ways.
  public let colour: UInt8
  /// The highest byte of the number. It is never 0, so that pictures of other programs keep their numbers.
  public let mark: UInt8

  public init(colour: UInt8, mark: UInt8) {
    self.colour = colour
    self.mark = mark
  }

  /// The number of the picture of an image, where each process begins with another mark.
  init(image number: Int, seed: UInt8) {
    let colours = Int(Self.enlarged) - 16
    colour = UInt8(16 + (number - 1) % colours)
    mark = UInt8(1 + (Int(seed) + (number - 1) / colours) % 250)
  }

  /// The colour of the picture that is shown large.
  static let enlarged: UInt8 = 255

  /// The number in the protocol.
  public var number: UInt32 { UInt32(mark) << 24 | UInt32(colour) }
}

/// A picture made of placeholders, which the terminal replaces by the picture's parts. The cells move, scroll and go
/// as all text does (kitty's graphics protocol, Unicode placeholders).
public struct Placeholders: Sendable, Hashable {
  public let id: PlaceholderID
  public let columns: Int
  public let rows: Int

  /// The most cells on a side, since each row and column has a combining character of its own.
  static let mostCells = 250

  init(id: PlaceholderID, columns: Int, rows: Int) {
    self.id = id
    self.columns = min(max(1, columns), Self.mostCells)
    self.rows = min(max(1, rows), Self.mostCells)
  }

  private static let character: Unicode.Scalar = "\u{10EEEE}"

  var lines: [Line] {
    let style = Style(.picture, look: TextLook(foreground: .palette(id.colour)))
    return (0..<rows).map { row in
      let text = (0..<columns).reduce(into: String.UnicodeScalarView()) { text, column in
        text.append(Self.character)
        text.append(Self.diacritics[row])
        text.append(Self.diacritics[column])
        text.append(Self.diacritics[Int(id.mark)])
      }
      return [Span(String(text), style)]
    }
  }

  /// The combining characters that stand for the numbers from 0.
  ///
  /// They are those of Unicode 6.0 that stand above and neither decompose nor fuse with letters.
  static let diacritics: [Unicode.Scalar] = ranges.flatMap { range in range.compactMap(Unicode.Scalar.init) }

  private static let ranges: [ClosedRange<UInt32>] = [
    0x0305...0x0305, 0x030d...0x030e, 0x0310...0x0310, 0x0312...0x0312, 0x033d...0x033f, 0x0346...0x0346,
    0x034a...0x034c, 0x0350...0x0352, 0x0357...0x0357, 0x035b...0x035b, 0x0363...0x036f, 0x0483...0x0487,
    0x0592...0x0595, 0x0597...0x0599, 0x059c...0x05a1, 0x05a8...0x05a9, 0x05ab...0x05ac, 0x05af...0x05af,
    0x05c4...0x05c4, 0x0610...0x0617, 0x0657...0x065b, 0x065d...0x065e, 0x06d6...0x06dc, 0x06df...0x06e2,
    0x06e4...0x06e4, 0x06e7...0x06e8, 0x06eb...0x06ec, 0x0730...0x0730, 0x0732...0x0733, 0x0735...0x0736,
    0x073a...0x073a, 0x073d...0x073d, 0x073f...0x0741, 0x0743...0x0743, 0x0745...0x0745, 0x0747...0x0747,
    0x0749...0x074a, 0x07eb...0x07f1, 0x07f3...0x07f3, 0x0816...0x0819, 0x081b...0x0823, 0x0825...0x0827,
    0x0829...0x082d, 0x0951...0x0951, 0x0953...0x0954, 0x0f82...0x0f83, 0x0f86...0x0f87, 0x135d...0x135f,
    0x17dd...0x17dd, 0x193a...0x193a, 0x1a17...0x1a17, 0x1a75...0x1a7c, 0x1b6b...0x1b6b, 0x1b6d...0x1b73,
    0x1cd0...0x1cd2, 0x1cda...0x1cdb, 0x1ce0...0x1ce0, 0x1dc0...0x1dc1, 0x1dc3...0x1dc9, 0x1dcb...0x1dcc,
    0x1dd1...0x1de6, 0x1dfe...0x1dfe, 0x20d0...0x20d1, 0x20d4...0x20d7, 0x20db...0x20dc, 0x20e1...0x20e1,
    0x20e7...0x20e7, 0x20e9...0x20e9, 0x20f0...0x20f0, 0x2cef...0x2cf1, 0x2de0...0x2dff, 0xa66f...0xa66f,
    0xa67c...0xa67d, 0xa6f0...0xa6f1, 0xa8e0...0xa8f1,
  ]
}
