/// A character encoding by its name, as the system's C library knows it.
public enum TextEncoding {
  public enum Failure: Error, Equatable {
    case unknownName
    /// The byte at this offset begins no character.
    case invalid(offset: Int)
  }

  /// The UTF-8 of text in another encoding.
  public static func utf8(from bytes: [UInt8], encoding name: String) throws(Failure) -> [UInt8] {
    guard let converter = iconv_open("UTF-8", name), converter != iconv_t(bitPattern: -1) else {
      throw .unknownName
    }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    // No character of a single byte takes more than four in UTF-8.
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
