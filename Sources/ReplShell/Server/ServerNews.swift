import MCP
import Pictures
import Repl
import RunPythonTool
import Synchronization
import SystemSupport
import Traffic

/// The news that a face wants of its server. Each part is called as the news comes, and must not block for long.
struct ServerListener: Sendable {
  /// Gets the code's output, and what the server says of itself.
  var onLog: @Sendable (LoggedText) -> Void
  var onImage: @Sendable (ShownImage) -> Void
  var onElicit: Client.ElicitationHandler?
  /// Gets each message on the wire.
  var onMessage: @Sendable (Direction, [UInt8], Date) -> Void = { _, _, _ in }
  var onHTTP: @Sendable (RequestID, HTTPDetails) -> Void = { _, _ in }
  /// Gets the bytes that the server's process writes to its stderr.
  var onStandardError: @Sendable ([UInt8]) -> Void = { _ in }
  /// Waits until the face takes more messages; nil for one that always does.
  var room: (@Sendable () async -> Void)?

  /// Hears a log message, which brings an image or a text.
  ///
  /// - Parameter images: counts the image.
  func hear(_ message: LogMessage, _ images: ImageCount) {
    guard let image = ShownImage(message) else { return onLog(LoggedText(message)) }
    images.note()
    onImage(image)
  }
}

/// A text that came as a log message: the code's output, or a word of the server itself.
struct LoggedText: Sendable {
  enum Source: Sendable {
    case standardOutput, standardError
    /// A value that the run displays beside its result.
    case value
    case server(logger: String?, LogLevel)
  }

  let source: Source
  let text: String
  /// True for a line whose end is still missing.
  let isPartial: Bool

  init(_ message: LogMessage) {
    source =
      switch message.logger.flatMap(ToolLogger.init) {
      case .stdout?: .standardOutput
      case .stderr?: .standardError
      case .display?: .value
      case .image?, .install?, .notice?, nil: .server(logger: message.logger, message.level)
      }
    text = message.data.stringValue ?? message.data.text
    isPartial = message.isPartial
  }

  /// The event for the full screen.
  var event: AppEvent {
    let stream: LogStream =
      switch source {
      case .standardOutput: .standardOutput
      case .standardError: .standardError
      case .value: .value
      // The original names no logger, and its levels tell the streams apart.
      case .server(nil, .info): .standardOutput
      case .server(nil, .warning): .standardError
      case .server(let logger, let level): .other(logger ?? level.rawValue)
      }
    return .log(stream, text: text, isPartial: isPartial)
  }
}

/// An image in the form in which a server sends it.
struct ShownImage: Sendable {
  let mimeType: String
  let bytes: [UInt8]
  /// The drawing for cells, if it is a figure and the run wanted drawings.
  private(set) var figure: FigureDrawing?

  /// Gives nil for a message without an image.
  init?(_ message: LogMessage) {
    guard message.logger == ToolLogger.image.rawValue, let data = message.data["data"]?.stringValue,
      let mimeType = message.data["mimeType"]?.stringValue
    else { return nil }
    self.init(base64: data, mimeType: mimeType)
    figure = message.data[ToolKey.drawing]?.stringValue.flatMap(FigureDrawing.init(json:))
  }

  /// Gives nil for content of another kind.
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
  /// The event for the full screen, with a small picture.
  var event: AppEvent { .image(mimeType: mimeType, bytes: bytes, preview: preview) }

  /// The longest side of a preview, in pixels: large enough for the cells of a console.
  private static let previewSide = 320

  private var preview: ImagePreview? {
    if let figure { return ImagePreview(figure: figure, areas: .ofTerminal) }
    guard let pixels = PNGFile(bytes)?.pixels() else { return nil }
    let most = max(pixels.width, pixels.height)
    guard most > Self.previewSide else { return ImagePreview(copy: pixels, width: pixels.width) }
    let copy = pixels.scaled(
      toWidth: max(1, pixels.width * Self.previewSide / most),
      height: max(1, pixels.height * Self.previewSide / most))
    return ImagePreview(copy: copy, width: pixels.width)
  }
}

/// Counts the images that come while a run goes on, because its result has them again. The lock guards the
/// count from the task that reads messages.
final class ImageCount: Sendable {
  private let count = Mutex(0)

  func begin() { count.withLock { $0 = 0 } }

  func note() { count.withLock { $0 += 1 } }

  /// The images of a run's answer that have not come before.
  func rest(of answer: RunAnswer) -> [ShownImage] {
    let images = answer.images.compactMap { ShownImage($0) }
    return Array(images.dropFirst(count.withLock(\.self)))
  }
}
