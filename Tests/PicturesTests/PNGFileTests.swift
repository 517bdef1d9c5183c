import Testing

@testable import Pictures

@Suite struct PNGFileTests {
  private let file = Samples.file("colour")

  @Test func theSizeIsTheHeaders() throws {
    let png = try #require(PNGFile(file))
    #expect((png.width, png.height) == (5, 4))
    #expect(png.bytes == file)
  }

  @Test func nothingElseIsAPNG() {
    #expect(PNGFile([]) == nil)
    #expect(PNGFile(Array("GIF89a".utf8)) == nil)
    #expect(PNGFile([0x88] + file.dropFirst()) == nil)
    #expect(PNGFile(file + [0]) == nil, "something follows the end")
    #expect(PNGFile(file + file) == nil, "another file follows the end")
    for count in 0..<file.count { #expect(PNGFile(Array(file.prefix(count))) == nil) }
  }

  @Test(arguments: [16, 20]) func sizesThatCannotBeAreRefused(offset: Int) {
    var wrong = file
    wrong.replaceSubrange(offset..<offset + 4, with: [0, 0, 0, 0])
    #expect(PNGFile(wrong) == nil)
    wrong.replaceSubrange(offset..<offset + 4, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(PNGFile(wrong) == nil)
    wrong.replaceSubrange(offset..<offset + 4, with: [0, 0, 0x80, 0])
    #expect(PNGFile(wrong) == nil)
  }

  /// The decoder took the last header for the one that was checked, and trapped.
  @Test(arguments: ["IHDR", "IEND"]) func aSecondHeaderOrEndIsRefused(kind: String) {
    let empty: [UInt8] = [0, 0, 0, 0] + Array(kind.utf8) + [0, 0, 0, 0]
    #expect(PNGFile(Array(file.prefix(33)) + empty + file.dropFirst(33)) == nil)
    #expect(PNGFile(Array(file.dropLast(12)) + empty + file.suffix(12)) == nil)
  }

  @Test func aChunkThatGoesBeyondTheEndIsRefused() {
    var wrong = file
    wrong.replaceSubrange(33..<37, with: [0x7F, 0xFF, 0xFF, 0xFF])
    #expect(PNGFile(wrong) == nil)
  }

  @Test func everyKindIsDecoded() throws {
    for sample in Samples.all {
      let pixels = try #require(PNGFile(Samples.bytes(sample.file))?.pixels(), "\(sample.name)")
      #expect(pixels.bytes == Samples.bytes(sample.pixels), "\(sample.name)")
    }
  }

  /// Whatever a file holds after its form was checked, decoding gives pixels or nothing.
  @Test func damagedPixelsAreNone() {
    for sample in Samples.all {
      let bytes = Samples.bytes(sample.file)
      for index in bytes.indices {
        for change in [1, 0x80, 0xFF] as [UInt8] {
          var damaged = bytes
          damaged[index] ^= change
          guard let png = PNGFile(damaged), let pixels = png.pixels() else { continue }
          #expect(pixels.bytes.count == png.width * png.height * 3)
        }
      }
    }
  }
}

@Suite struct PixelsTests {
  private let pixels = Pixels(
    width: 4, height: 2,
    bytes: [
      0, 0, 0, 100, 0, 0, 10, 20, 30, 10, 20, 30,
      200, 0, 0, 100, 0, 0, 50, 40, 30, 50, 40, 30,
    ])

  @Test func aSmallerPixelIsTheMeanOfThoseItCovers() {
    let small = pixels.scaled(toWidth: 2, height: 1)
    #expect(small[0, 0] == Pixels.Colour(red: 100, green: 0, blue: 0))
    #expect(small[1, 0] == Pixels.Colour(red: 30, green: 30, blue: 30))
  }

  @Test func aLargerPictureRepeatsPixels() {
    let large = pixels.scaled(toWidth: 8, height: 4)
    for row in 0..<4 {
      for column in 0..<8 { #expect(large[column, row] == pixels[column / 2, row / 2]) }
    }
  }

  @Test func anySizeCanBeMade() {
    for width in 1...9 {
      for height in 1...5 {
        let scaled = pixels.scaled(toWidth: width, height: height)
        #expect(scaled.bytes.count == width * height * 3)
      }
    }
  }
}
