import Foundation
import Pictures
import TerminalText
import Testing

@testable import Repl

/// Images that code shows: what is kept of them, what commands mean, how they look in the console.
@Suite struct ImageTests {
  /// A PNG of one pixel.
  private static let pixel = Array(
    Data(
      base64Encoded:
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==")
      ?? Data())

  private static let preview = Pixels(
    width: 2, height: 4,
    bytes: [255, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 255, 0, 255, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0])

  /// The sentence that is thrown; nil when nothing is.
  private func complaint(_ body: () throws -> some Any) -> String? {
    do {
      _ = try body()
      return nil
    } catch {
      return (error as? CommandError)?.message ?? "\(error)"
    }
  }

  @Test func imagesAreNumberedFromOne() throws {
    var gallery = ImageGallery()
    #expect(complaint { try gallery.image(nil) } != nil)
    for number in 1...3 { #expect(gallery.add(mimeType: "image/png", bytes: Self.pixel).number == number) }
    #expect(try gallery.image(nil).number == 3)
    #expect(try gallery.image(1).number == 1)
    for wrong in [0, 4, -1] {
      #expect(complaint { try gallery.image(wrong) } == "There is no image \(wrong); there is 1 to 3.")
    }
  }

  @Test func theOldestAreDropped() throws {
    var gallery = ImageGallery()
    let bytes = [UInt8](repeating: 0, count: ImageGallery.maximumBytes / 2)
    for _ in 1...3 { _ = gallery.add(mimeType: "image/png", bytes: bytes) }
    #expect(complaint { try gallery.image(1) } != nil)
    #expect(try gallery.image(2).number == 2)
    _ = gallery.add(mimeType: "image/png", bytes: bytes + bytes + bytes)
    #expect(try gallery.image(nil).number == 4)
  }

  @Test func commandsNameAnImageOrMeanTheLast() throws {
    var gallery = ImageGallery()
    let first = gallery.add(mimeType: "image/png", bytes: Self.pixel)
    let last = gallery.add(mimeType: "image/png", bytes: Self.pixel)
    #expect(try ImageCommand.save("a.png", from: gallery) == .save(last, path: "a.png"))
    #expect(try ImageCommand.save("1 a b.png", from: gallery) == .save(first, path: "a b.png"))
    #expect(try ImageCommand.save("my plot.png", from: gallery) == .save(last, path: "my plot.png"))
    #expect(try ImageCommand.open("", from: gallery) == .open(last))
    #expect(try ImageCommand.open("1", from: gallery) == .open(first))
    for wrong in ["1", "3 a.png"] {
      #expect(complaint { try ImageCommand.save(wrong, from: gallery) } != nil)
    }
    for wrong in ["3", "a"] {
      #expect(complaint { try ImageCommand.open(wrong, from: gallery) } != nil)
    }
  }

  @Test func captionsTellKindAndSize() {
    var gallery = ImageGallery()
    #expect(
      gallery.add(mimeType: "image/png", bytes: Self.pixel).caption == "image 1: 1x1, image/png, 67 B")
    #expect(gallery.add(mimeType: "\u{1b}[1m", bytes: [0]).caption == "image 2: ^[[1m, 1 B")
  }

  @Test(arguments: ["x:help", "help"]) func onlyALineWithAColonIsACommand(line: String) {
    #expect(!PlainCommand.isMeant(by: line))
  }

  @Test func thePlainPromptKnowsAFew() throws {
    var gallery = ImageGallery()
    let image = gallery.add(mimeType: "image/png", bytes: Self.pixel)
    #expect(try PlainCommand(parsing: ":open", images: gallery) == .image(.open(image)))
    #expect(try PlainCommand(parsing: " :save-image 1 a", images: gallery) == .image(.save(image, path: "a")))
    guard case .help(let text) = try PlainCommand(parsing: ":help", images: gallery) else {
      Issue.record("no help")
      return
    }
    #expect(text.contains(":save-image [N] FILE"))
    for wrong in [":vars", ":none", ":"] {
      #expect(complaint { try PlainCommand(parsing: wrong, images: gallery) } != nil)
    }
  }

  private func stage(drawsPictures: Bool) -> Stage {
    var stage = Stage(options: AppOptions(drawsPictures: drawsPictures))
    stage.send(
      .image(mimeType: "image/png", bytes: Self.pixel, preview: ImagePreview(copy: Self.preview, width: 1)))
    return stage
  }

  @Test func theConsoleDrawsAPicture() throws {
    let frame = stage(drawsPictures: true).app.frame()
    let row = try #require(frame.rows.firstIndex { $0.dropFirst().first?.text.hasPrefix("▀") == true })
    // The image is one pixel wide, which is one column; its preview four high, which makes two pixels.
    let span = frame.rows[row][1]
    #expect(span.text == "▀")
    #expect(span.style.look?.background != nil)
    #expect(frame.text[row + 1].hasPrefix("      image 1: 1x1, image/png, 67 B; :open or :save-image FILE"))
  }

  @Test func withoutColoursThereIsALine() {
    let stage = stage(drawsPictures: false)
    #expect(!stage.screen.contains("▀"))
    #expect(stage.screen.contains("image 1: 1x1"))
  }

  @Test func commandsAreActions() {
    var stage = stage(drawsPictures: true)
    stage.type(":open\n")
    stage.type(":save-image a.png\n")
    let image = SessionImage(number: 1, mimeType: "image/png", bytes: Self.pixel)
    #expect(stage.takeActions() == [.image(.open(image)), .image(.save(image, path: "a.png"))])
    stage.type(":open 2\n")
    #expect(stage.takeActions().isEmpty)
    #expect(stage.screen.contains("There is no image 2; there is 1 only."))
  }
}
