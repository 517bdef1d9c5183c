public import Pictures
internal import TerminalText

/// An image that code has shown in this session.
public struct SessionImage: Sendable, Hashable {
  /// The image's number in the session, from 1.
  public let number: Int
  public let mimeType: String
  public let bytes: [UInt8]
  /// The parsed file; nil when the image is of another kind.
  public let png: PNGFile?
  /// The number of the run that showed it; nil where runs are not counted.
  public let run: Int?

  public init(number: Int, mimeType: String, bytes: [UInt8], run: Int? = nil) {
    self.run = run
    self.number = number
    self.mimeType = mimeType
    self.bytes = bytes
    png = PNGFile(bytes)
  }

  /// A description such as `image 1: 640x480, image/png, 21 kB`.
  public var caption: String {
    let size = png.map { "\($0.width)x\($0.height), " } ?? ""
    return "image \(number): \(size)\(VisibleText.of(mimeType)), \(Numbers.bytes(bytes.count))"
  }

  /// The ending of its file's name; nil for a kind that no viewer is trusted with.
  public var fileExtension: String? {
    switch mimeType {
    case "image/png": "png"
    case "image/jpeg": "jpg"
    case "image/gif": "gif"
    case "image/webp": "webp"
    default: nil
    }
  }
}

/// The images of a session, the newest last. The oldest are dropped when they take too much room.
public struct ImageGallery: Sendable {
  /// The limit for all kept images together.
  public static let maximumBytes = 64 << 20

  private var images: [SessionImage] = []
  private var byteCount = 0
  private var lastNumber = 0

  public init() {}

  /// All images that are kept, in their order.
  var all: [SessionImage] { images }

  public mutating func add(mimeType: String, bytes: [UInt8], run: Int? = nil) -> SessionImage {
    lastNumber += 1
    let image = SessionImage(number: lastNumber, mimeType: mimeType, bytes: bytes, run: run)
    images.append(image)
    byteCount += bytes.count
    while byteCount > Self.maximumBytes, images.count > 1 { byteCount -= images.removeFirst().bytes.count }
    return image
  }

  /// Finds the image with a number, or the last one.
  ///
  /// - Throws: a sentence for the user.
  func image(_ number: Int?) throws(CommandError) -> SessionImage {
    guard let first = images.first, let last = images.last else {
      throw CommandError("There is no image yet. Code shows one with plt.show(), or as a value.")
    }
    guard let number else { return last }
    guard let image = images.first(where: { $0.number == number }) else {
      let numbers = first.number == last.number ? "\(last.number) only" : "\(first.number) to \(last.number)"
      throw CommandError("There is no image \(number); there is \(numbers).")
    }
    return image
  }
}

/// The orders that `:save-image` and `:open` give.
public enum ImageCommand: Sendable, Hashable {
  case save(SessionImage, path: String)
  /// Opens the image in the desktop's viewer.
  case open(SessionImage)

  /// - Parameter argument: `[N] FILE`
  static func save(_ argument: String, from gallery: ImageGallery) throws(CommandError) -> ImageCommand {
    let word = argument.prefix { !$0.isWhitespace }
    let rest = argument.dropFirst(word.count).drop { $0.isWhitespace }
    if let number = Int(word), !rest.isEmpty {
      return .save(try gallery.image(number), path: String(rest))
    }
    guard Int(argument) == nil, !argument.isEmpty else {
      throw CommandError("\":save-image\" wants FILE: :save-image [N] FILE.")
    }
    return .save(try gallery.image(nil), path: argument)
  }

  /// - Parameter argument: `[N]`
  static func open(_ argument: String, from gallery: ImageGallery) throws(CommandError) -> ImageCommand {
    if argument.isEmpty { return .open(try gallery.image(nil)) }
    guard let number = Int(argument) else {
      throw CommandError("\":open\" wants the number of an image, not \"\(argument)\".")
    }
    return .open(try gallery.image(number))
  }
}
