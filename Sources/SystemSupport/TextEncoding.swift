/// A character encoding by its name in the system's C library.
public enum TextEncoding {
  public enum Failure: Error, Equatable {
    case unknownName
    /// The byte at this offset begins no character.
    case invalid(offset: Int)
  }

  /// Converts text in another encoding to UTF-8.
  public static func utf8(from bytes: [UInt8], encoding name: String) throws(Failure) -> [UInt8] {
    guard let converter = iconv_open("UTF-8", name), converter != iconv_t(bitPattern: -1) else {
      throw .unknownName
    }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    // A character of one byte takes at most four in UTF-8.
    var output = [CChar](repeating: 0, count: 4 * bytes.count + 16)
    let (offset, written) = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var (source, target) = (input.baseAddress, output.baseAddress)
        var (left, room) = (input.count, output.count)
        let isWhole = iconv(converter, &source, &left, &target, &room) != -1
        return (isWhole ? nil : input.count - left, output.count - room)
      }
    }
    if let offset { throw .invalid(offset: offset) }
    return output[..<written].map { UInt8(bitPattern: $0) }
  }
}
