/// A PNG whose form has been checked: signature, header, and chunks from the first to the end of the image,
/// with nothing after it. Its pixels may still be broken.
public struct PNGFile: Sendable, Hashable {
  public let bytes: [UInt8]
  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// The content of its one header, 13 bytes.
  let header: [UInt8]

  /// The largest width and height that are accepted, because programs have trouble with more.
  public static let maximumSide = 32_767

  public static let mimeType = "image/png"

  /// Gives nil for bytes that are not a PNG.
  public init?(_ bytes: [UInt8]) {
    var chunks = Chunks(bytes)
    guard let header = chunks.next(), let (width, height) = Self.size(in: header) else { return nil }
    var last = header
    while let chunk = chunks.next() {
      // The decoder relies on one header and one end.
      guard chunk.kind != "IHDR", last.kind != "IEND" else { return nil }
      last = chunk
    }
    guard last.kind == "IEND", last.content.isEmpty, chunks.isAtEnd else { return nil }
    self.bytes = bytes
    self.width = width
    self.height = height
    self.header = Array(header.content)
  }

  private static func size(in header: Chunk) -> (width: Int, height: Int)? {
    guard header.kind == "IHDR", header.content.count == 13 else { return nil }
    let width = header.content.integer(at: 0)
    let height = header.content.integer(at: 4)
    guard 1...maximumSide ~= width, 1...maximumSide ~= height else { return nil }
    return (width, height)
  }

  struct Chunk {
    let kind: String
    let content: ArraySlice<UInt8>
  }

  /// The chunks of a file; the sequence ends early at bytes that are no chunk.
  struct Chunks: Sequence, IteratorProtocol {
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private var rest: ArraySlice<UInt8>
    private var isOpen: Bool

    init(_ bytes: [UInt8]) {
      isOpen = bytes.starts(with: Self.signature)
      rest = bytes.dropFirst(Self.signature.count)
    }

    /// True when all of the file was chunks.
    var isAtEnd: Bool { isOpen && rest.isEmpty }

    mutating func next() -> Chunk? {
      // A chunk has its length, four letters, the content, and a checksum.
      guard isOpen, rest.count >= 12 else { return nil }
      let length = rest.integer(at: 0)
      guard length <= rest.count - 12 else { return nil }
      let content = rest.dropFirst(8).prefix(length)
      let kind = String(decoding: rest.dropFirst(4).prefix(4), as: UTF8.self)
      rest = rest.dropFirst(length + 12)
      return Chunk(kind: kind, content: content)
    }
  }
}

extension ArraySlice<UInt8> {
  /// Reads four bytes, the greatest first.
  fileprivate func integer(at offset: Int) -> Int {
    dropFirst(offset).prefix(4).reduce(0) { $0 << 8 | Int($1) }
  }
}
