import Foundation
import Pictures
import Testing

@testable import PythonSandbox

@Suite struct ShownImagesTests {
  /// A picture of one pixel, filled up with bytes that are not looked at.
  private static func png(bytes: Int = 0) -> String {
    let pixel =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="
    guard let data = Data(base64Encoded: pixel), bytes > data.count else { return pixel }
    let count = bytes - data.count - 12
    let length = withUnsafeBytes(of: UInt32(count).bigEndian) { Data($0) }
    let filling = length + Data("fiLl".utf8) + Data(count: count + 4)
    return (data.prefix(33) + filling + data.dropFirst(33)).base64EncodedString()
  }

  @Test func pngsAreKeptInOrder() {
    var images = ShownImages()
    #expect(images.take(base64: Self.png())?.width == 1)
    #expect(images.take(base64: Self.png(bytes: 1000))?.bytes.count == 1000)
    #expect(images.files.map(\.bytes.count) == [67, 1000])
    #expect(images.droppedCount == 0)
  }

  @Test(arguments: ["", "?", "AAAA", "iVBORw0KGgo=", "é"]) func whatIsNoPNGIsDropped(base64: String) {
    var images = ShownImages()
    #expect(images.take(base64: base64) == nil)
    #expect(images.files.isEmpty)
    #expect(images.droppedCount == 1)
  }

  @Test func anImageThatIsTooLargeIsDropped() {
    var images = ShownImages()
    #expect(images.take(base64: Self.png(bytes: Limits.imageBytes)) != nil)
    #expect(images.take(base64: Self.png(bytes: Limits.imageBytes + 3)) == nil)
    #expect(images.droppedCount == 1)
  }

  @Test func allOfARunHaveALimitTogether() {
    var images = ShownImages()
    for _ in 1...2 { #expect(images.take(base64: Self.png(bytes: Limits.imageBytes)) != nil) }
    #expect(images.take(base64: Self.png()) == nil)
    #expect(images.droppedCount == 1)
  }

  @Test func thereAreOnlySoMany() {
    var images = ShownImages()
    for _ in 0..<Limits.images + 2 { _ = images.take(base64: Self.png()) }
    #expect(images.files.count == Limits.images)
    #expect(images.droppedCount == 2)
  }
}
