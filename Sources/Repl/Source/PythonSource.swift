import SystemSupport

/// Reads the text of Python code from its bytes as Python does: all of a file at once, or line by line. The
/// rules stand in the language reference, "Encoding declarations", and in PEP 263.
public struct PythonSource: Sendable {
  /// A SyntaxError in Python's words.
  public struct Failure: Error, Hashable, CustomStringConvertible {
    public let description: String
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let utf8Names: Set<String> = ["utf-8", "utf8", "utf-8-sig", "u8", "utf"]
  /// The names that Python knows and the C library does not.
  private static let names = ["latin-1": "ISO-8859-1", "latin1": "ISO-8859-1", "l1": "ISO-8859-1"]

  private var isMarked = false
  private var declaration = Declaration.possible
  /// The number of lines that have been read.
  private var lineCount = 0

  private enum Declaration {
    /// There were only comments so far, so a declaration can still come.
    case possible
    case none
    case encoding(String)
  }

  public init() {}

  /// Reads the text of a whole file.
  public static func text(of bytes: [UInt8]) throws(Failure) -> String {
    var source = PythonSource()
    return try source.text(ofNext: bytes)
  }

  /// Reads the text of the next lines; the last one may lack its newline.
  public mutating func text(ofNext bytes: [UInt8]) throws(Failure) -> String {
    var content = bytes
    if lineCount == 0, bytes.starts(with: Self.byteOrderMark) {
      isMarked = true
      content.removeFirst(Self.byteOrderMark.count)
    }
    lookForDeclaration(in: content)
    let text = try decode(content)
    lineCount += content.count { $0 == UInt8(ascii: "\n") } + (content.last == UInt8(ascii: "\n") ? 0 : 1)
    return text
  }

  private func decode(_ content: [UInt8]) throws(Failure) -> String {
    guard case .encoding(let declared) = declaration else {
      return try utf8(content, "but it is to be UTF-8, as no encoding is declared")
    }
    let name = declared.lowercased().replacing("_", with: "-")
    if Self.utf8Names.contains(name) { return try utf8(content, "but it is to be UTF-8") }
    guard !isMarked else {
      throw Self.failure("encoding problem: \(name) with BOM")
    }
    do {
      return String(
        decoding: try TextEncoding.utf8(from: content, encoding: Self.names[name] ?? name.uppercased()),
        as: UTF8.self)
    } catch {
      switch error {
      case .unknownName: throw Self.failure("unknown encoding: \(name)")
      case .invalid(let offset): throw wrongByte(content, offset, "which is none of \(name)")
      }
    }
  }

  private func utf8(_ bytes: [UInt8], _ reason: String) throws(Failure) -> String {
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

  private func wrongByte(_ bytes: [UInt8], _ offset: Int, _ reason: String) -> Failure {
    let line = lineCount + bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
    let byte = String(bytes[offset], radix: 16)
    return Self.failure(
      "the byte 0x\(byte.count == 1 ? "0" : "")\(byte) on line \(line) cannot be read, \(reason)")
  }

  private static func failure(_ sentence: String) -> Failure {
    Failure(description: "SyntaxError: \(sentence)")
  }

  /// Looks for a comment that names the encoding, in the first two lines and after nothing but comments.
  private mutating func lookForDeclaration(in bytes: [UInt8]) {
    guard case .possible = declaration else { return }
    let lines = bytes.prefix(4096).split(
      separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
    for line in lines.prefix(max(0, 2 - lineCount)) {
      let text = String(decoding: line, as: UTF8.self)
      if let match = text.firstMatch(of: /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/) {
        declaration = .encoding(String(match.1))
        return
      }
      guard text.wholeMatch(of: /[ \t\f\r]*(#.*)?/) != nil else {
        declaration = .none
        return
      }
    }
  }
}
