/// The images of a session, the newest last. The oldest are dropped when they take too much room.
public struct ImageGallery: Sendable {
  /// The limit for all kept images together.
  public static let maximumBytes = 64 << 20

  private var images: [SessionImage] = []
  private var byteCount = 0
  private var lastNumber = 0

  public init() {}

  public mutating func add(mimeType: String, bytes: [UInt8]) -> SessionImage {
    lastNumber += 1
    let image = SessionImage(number: lastNumber, mimeType: mimeType, bytes: bytes)
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
