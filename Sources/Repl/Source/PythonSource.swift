import SystemSupport

/// Reads the text of a Python file from its bytes, as Python does (Lexical analysis, Encoding declarations; PEP 263).
public enum PythonSource {
  /// A SyntaxError of Python's, in its words.
  public struct Failure: Error, Hashable, CustomStringConvertible {
    public let description: String
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let utf8Names: Set<String> = ["utf-8", "utf8", "utf-8-sig", "u8", "utf"]
  /// Names that Python has and the C library has not.
  private static let names = ["latin-1": "ISO-8859-1", "latin1": "ISO-8859-1", "l1": "ISO-8859-1"]

  public static func text(of bytes: [UInt8]) throws(Failure) -> String {
    let isMarked = bytes.starts(with: byteOrderMark)
    let content = isMarked ? Array(bytes[byteOrderMark.count...]) : bytes
    let declared = declaredEncoding(of: content)
    let name = declared.map { $0.lowercased().replacing("_", with: "-") } ?? "utf-8"
    if utf8Names.contains(name) {
      return try utf8(
        content, "but it is to be UTF-8\(declared == nil ? ", as no encoding is declared" : "")")
    }
    guard !isMarked else {
      throw failure("encoding problem: \(name) with BOM")
    }
    do {
      return String(
        decoding: try TextEncoding.utf8(from: content, encoding: names[name] ?? name.uppercased()),
        as: UTF8.self)
    } catch {
      switch error {
      case .unknownName: throw failure("unknown encoding: \(name)")
      case .invalid(let offset): throw wrongByte(content, offset, "which is none of \(name)")
      }
    }
  }

  private static func utf8(_ bytes: [UInt8], _ reason: String) throws(Failure) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var offset = 0
    loop: while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let scalar): offset += scalar.count
      case .error, .emptyInput: break loop
      }
    }
    throw wrongByte(bytes, offset, reason)
  }

  private static func wrongByte(_ bytes: [UInt8], _ offset: Int, _ reason: String) -> Failure {
    let line = bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
    let byte = String(bytes[offset], radix: 16)
    return failure(
      "the byte 0x\(byte.count == 1 ? "0" : "")\(byte) on line \(line) cannot be read, \(reason)")
  }

  private static func failure(_ sentence: String) -> Failure {
    Failure(description: "SyntaxError: \(sentence)")
  }

  /// The encoding that a comment in one of the first two lines names; before it stand nothing but comments.
  static func declaredEncoding(of bytes: [UInt8]) -> String? {
    for line in bytes.prefix(4096).split(
      separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false
    )
    .prefix(2) {
      let text = String(decoding: line, as: UTF8.self)
      if let match = text.firstMatch(of: /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/) { return String(match.1) }
      if text.wholeMatch(of: /[ \t\f\r]*(?:#.*)?/) == nil { return nil }
    }
    return nil
  }
}
