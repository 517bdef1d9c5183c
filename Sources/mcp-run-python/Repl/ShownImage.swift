import MCP
import Pictures
import Repl
import Synchronization
import SystemSupport

/// An image as a server sends it.
struct ShownImage: Sendable {
  /// The logger of the messages that bring images at once.
  static let logger = "image"

  let mimeType: String
  let bytes: [UInt8]

  /// Nil for a message without one.
  init?(_ message: LogMessage) {
    guard message.logger == Self.logger, let data = message.data["data"]?.stringValue,
      let mimeType = message.data["mimeType"]?.stringValue
    else { return nil }
    self.init(base64: data, mimeType: mimeType)
  }

  /// Nil for content of another kind.
  init?(_ content: Content) {
    guard case .image(let data, let mimeType) = content else { return nil }
    self.init(base64: data, mimeType: mimeType)
  }

  private init?(base64: String, mimeType: String) {
    guard let data = Data(base64Encoded: base64) else { return nil }
    self.mimeType = mimeType
    bytes = Array(data)
  }
}

extension ShownImage {
  /// What the full screen is told of it, with a small picture.
  var event: AppEvent { .image(mimeType: mimeType, bytes: bytes, preview: preview) }

  /// Large enough for the cells that a console has.
  private static let previewSide = 160

  private var preview: Pixels? {
    guard let pixels = PNGFile(bytes)?.pixels() else { return nil }
    let most = max(pixels.width, pixels.height)
    guard most > Self.previewSide else { return pixels }
    return pixels.scaled(
      toWidth: max(1, pixels.width * Self.previewSide / most),
      height: max(1, pixels.height * Self.previewSide / most))
  }
}

/// Counts the images that come while a run goes on: its result has them again, and others where they do not come so.
final class ImageCount: Sendable {
  private let count = Mutex(0)

  func begin() { count.withLock { $0 = 0 } }

  func note() { count.withLock { $0 += 1 } }

  /// Those of a run's result that have not come before.
  func rest(of result: ToolResult) -> [ShownImage] {
    let images = result.content.compactMap { ShownImage($0) }
    return Array(images.dropFirst(count.withLock(\.self)))
  }
}
