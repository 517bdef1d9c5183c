@testable import Pictures
@testable import Terminal

/// A picture is refused, or has as many pixels as it says, and can be shown in every way.
func takePNG(_ bytes: [UInt8]) {
  guard let file = PNGFile(bytes) else { return }
  require(1...PNGFile.maximumSide ~= file.width && 1...PNGFile.maximumSide ~= file.height, "it has no size")
  _ = PictureEncoding.kitty(file, columns: 80)
  guard let pixels = file.pixels() else { return }
  require((pixels.width, pixels.height) == (file.width, file.height), "the size is another one")
  require(pixels.bytes.count == file.width * file.height * 3, "there are \(pixels.bytes.count) bytes")
  let cells = HalfBlocks(pixels, columns: 80, rows: 24)
  require(1...24 ~= cells.rows.count && cells.rows.allSatisfy { 1...80 ~= $0.count }, "too many cells")
  _ = PictureEncoding.blocks(cells, trueColour: false)
  _ = SixelEncoder(pixels.scaled(toWidth: min(pixels.width, 80), height: min(pixels.height, 80))).text
}
