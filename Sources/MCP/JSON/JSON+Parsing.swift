extension JSON {
  /// Reads one JSON text (RFC 8259, UTF-8 without a byte order mark). It must fill the whole input but for
  /// white space around it.
  ///
  /// An escape of half a surrogate pair, such as `\ud800`, reads as U+FFFD, because real programs write it.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - maximumDepth: The number of arrays and objects that may lie inside each other. The parser calls
  ///     itself for each level, so a much greater number needs a thread with a large stack.
  /// - Throws: A ``JSONParseError`` for broken grammar, invalid UTF-8, or too much depth.
  public init(parsing bytes: some Sequence<UInt8>, maximumDepth: Int = 512) throws(JSONParseError) {
    let result =
      bytes.withContiguousStorageIfAvailable { Self.parse($0, maximumDepth: maximumDepth) }
      ?? Array(bytes).withUnsafeBufferPointer { Self.parse($0, maximumDepth: maximumDepth) }
    self = try result.get()
  }

  private static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int
  ) -> Result<JSON, JSONParseError> {
    Result { () throws(JSONParseError) in
      var parser = JSONParser(bytes: bytes, levelsLeft: maximumDepth)
      return try parser.parseText()
    }
  }
}
