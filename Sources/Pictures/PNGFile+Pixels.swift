internal import CZlib

extension PNGFile {
  /// The largest picture that is decoded, in pixels.
  public static let maximumDecodedPixels = 16 << 20

  /// Deflated data takes at least a byte for so many (zlib's "Technical Details").
  private static let largestExpansion = 1032

  /// Decodes the picture, on white where it is transparent; nil for one that is damaged, interlaced or too large.
  public func pixels() -> Pixels? {
    guard width * height <= Self.maximumDecodedPixels, let format = Format(self) else { return nil }
    let rowBytes = (width * format.bitsPerPixel + 7) / 8
    guard var rows = inflated(count: (rowBytes + 1) * height) else { return nil }
    let step = max(1, format.bitsPerPixel / 8)
    guard Self.unfilter(&rows, rowBytes: rowBytes, step: step) else { return nil }
    var bytes = [UInt8](repeating: 0, count: width * height * 3)
    rows.withUnsafeBufferPointer { rows in
      bytes.withUnsafeMutableBufferPointer { bytes in
        for row in 0..<height {
          let start = row * (rowBytes + 1) + 1
          format.write(
            UnsafeBufferPointer(rebasing: rows[start..<start + rowBytes]), width: width,
            to: UnsafeMutableBufferPointer(rebasing: bytes[row * width * 3..<(row + 1) * width * 3]))
        }
      }
    }
    return Pixels(width: width, height: height, bytes: bytes)
  }

  /// Gives the rows of the picture, each with the number of its filter before it.
  private func inflated(count: Int) -> [UInt8]? {
    let data = Chunks(bytes).filter { $0.kind == "IDAT" }.flatMap(\.content)
    // A file that cannot hold so much must not make this process take the memory for it.
    guard count / Self.largestExpansion <= data.count else { return nil }
    var rows = [UInt8](repeating: 0, count: count)
    var length = uLongf(count)
    guard uncompress(&rows, &length, data, uLong(data.count)) == Z_OK, Int(length) == count else {
      return nil
    }
    return rows
  }

  /// Undoes the filters (PNG specification, section 9).
  private static func unfilter(_ rows: inout [UInt8], rowBytes: Int, step: Int) -> Bool {
    rows.withUnsafeMutableBufferPointer { bytes in
      for start in stride(from: 0, to: bytes.count, by: rowBytes + 1) {
        let filter = bytes[start]
        guard filter <= 4 else { return false }
        if filter == 0 { continue }
        for index in start + 1..<start + 1 + rowBytes {
          let left = index - start > step ? Int(bytes[index - step]) : 0
          let above = start > 0 ? Int(bytes[index - rowBytes - 1]) : 0
          let predicted: Int
          switch filter {
          case 1: predicted = left
          case 2: predicted = above
          case 3: predicted = (left + above) / 2
          default:
            let corner = start > 0 && index - start > step ? Int(bytes[index - rowBytes - 1 - step]) : 0
            predicted = paeth(left, above, corner)
          }
          bytes[index] &+= UInt8(predicted)
        }
      }
      return true
    }
  }

  private static func paeth(_ left: Int, _ above: Int, _ corner: Int) -> Int {
    let estimate = left + above - corner
    let distances = (abs(estimate - left), abs(estimate - above), abs(estimate - corner))
    if distances.0 <= distances.1, distances.0 <= distances.2 { return left }
    return distances.1 <= distances.2 ? above : corner
  }
}

/// The way in which the bytes of a row are pixels.
private struct Format {
  enum Kind: UInt8 {
    case grey = 0
    case colour = 2
    case indexed = 3
    case greyWithAlpha = 4
    case colourWithAlpha = 6

    var channels: Int {
      switch self {
      case .grey, .indexed: 1
      case .greyWithAlpha: 2
      case .colour: 3
      case .colourWithAlpha: 4
      }
    }
  }

  let kind: Kind
  let depth: Int
  /// The colours of an indexed picture: four bytes a colour, the last of which is its alpha.
  private var palette: [UInt8] = []

  var bitsPerPixel: Int { kind.channels * depth }

  init?(_ file: PNGFile) {
    let header = file.header
    var colours: [UInt8] = []
    var alphas: [UInt8] = []
    for chunk in PNGFile.Chunks(file.bytes) {
      switch chunk.kind {
      case "PLTE": colours = Array(chunk.content)
      case "tRNS": alphas = Array(chunk.content)
      default: break
      }
    }
    let isInterlaced = header[12] != 0
    guard !isInterlaced, header[10] == 0, header[11] == 0, let kind = Kind(rawValue: header[9]) else {
      return nil
    }
    depth = Int(header[8])
    self.kind = kind
    let depths: [Int] =
      switch kind {
      case .grey: [1, 2, 4, 8, 16]
      case .indexed: [1, 2, 4, 8]
      default: [8, 16]
      }
    guard depths.contains(depth) else { return nil }
    if kind == .indexed {
      // An index without a colour is black.
      palette = [UInt8](repeating: 0, count: 4 * 256)
      for index in 0..<256 {
        for channel in 0..<3 where index * 3 + channel < colours.count {
          palette[index * 4 + channel] = colours[index * 3 + channel]
        }
        palette[index * 4 + 3] = index < alphas.count ? alphas[index] : 255
      }
    }
  }

  /// Writes a row, three bytes a pixel.
  func write(_ row: UnsafeBufferPointer<UInt8>, width: Int, to target: UnsafeMutableBufferPointer<UInt8>) {
    let channels = kind.channels
    for column in 0..<width {
      let first = sample(row, column * channels)
      var red = first
      var green = first
      var blue = first
      var alpha: UInt8 = 255
      switch kind {
      case .grey: break
      case .greyWithAlpha: alpha = sample(row, column * channels + 1)
      case .indexed:
        let place = Int(first) * 4
        red = palette[place]
        green = palette[place + 1]
        blue = palette[place + 2]
        alpha = palette[place + 3]
      case .colour, .colourWithAlpha:
        green = sample(row, column * channels + 1)
        blue = sample(row, column * channels + 2)
        if kind == .colourWithAlpha { alpha = sample(row, column * channels + 3) }
      }
      target[column * 3] = onWhite(red, alpha)
      target[column * 3 + 1] = onWhite(green, alpha)
      target[column * 3 + 2] = onWhite(blue, alpha)
    }
  }

  /// Gives a sample in 8 bits; for an indexed picture, the index.
  private func sample(_ row: UnsafeBufferPointer<UInt8>, _ number: Int) -> UInt8 {
    switch depth {
    case 8: return row[number]
    case 16: return row[number * 2]
    default:
      let bit = number * depth
      let most = UInt8(1 << depth - 1)
      let value = row[bit / 8] >> UInt8(8 - depth - bit % 8) & most
      return kind == .indexed ? value : value * (255 / most)
    }
  }

  private func onWhite(_ value: UInt8, _ alpha: UInt8) -> UInt8 {
    alpha == 255 ? value : UInt8((Int(value) * Int(alpha) + 255 * (255 - Int(alpha))) / 255)
  }
}
