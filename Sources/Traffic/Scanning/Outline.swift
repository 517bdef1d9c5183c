internal import JSON
internal import MCP

/// The facts about one JSON-RPC message that the list shows, read without decoding the rest.
struct Outline {
  var kind = Entry.Kind.invalid
  var id: RequestID?
  var method: String?
  /// The tool, the logger or another name that says what the method is about.
  var subject: String?
  /// The request that `notifications/cancelled` is about.
  var cancels: RequestID?
  /// True when a result says `isError`.
  var isToolError = false
  /// The place of the part that matters: arguments, log data, parameters, result or error.
  var body: Range<Int>?
}

extension Outline {
  /// The outlines of a line: one for a message, several for a batch (2025-03-26), none when it is neither.
  static func outlines(of message: [UInt8]) -> (outlines: [Outline], isBatch: Bool) {
    message.withUnsafeBufferPointer { bytes in
      var scanner = JSONScanner(bytes)
      scanner.skipBlanks()
      guard scanner.current == UInt8(ascii: "[") else {
        let outline = Outline(&scanner)
        return (scanner.isAtEnd() ? [outline].compactMap(\.self) : [], false)
      }
      var outlines: [Outline] = []
      let isWhole = scanner.skipElements { scanner in
        guard let outline = Outline(&scanner) else { return false }
        outlines.append(outline)
        return true
      }
      return isWhole && scanner.isAtEnd() && !outlines.isEmpty ? (outlines, true) : ([], false)
    }
  }

  /// Moves behind one value; nil when it is not JSON. JSON that is no message is invalid.
  private init?(_ scanner: inout JSONScanner) {
    scanner.skipBlanks()
    guard scanner.current == UInt8(ascii: "{") else {
      guard scanner.skipValue() != nil else { return nil }
      self.init()
      return
    }
    var members = MessageMembers()
    guard scanner.skipMembers({ scanner, name in members.take(name, from: &scanner) }) else { return nil }
    self.init(members, in: scanner.bytes)
  }

  private init(_ members: MessageMembers, in bytes: UnsafeBufferPointer<UInt8>) {
    self.init()
    let value = { (range: Range<Int>?) -> JSON? in
      range.flatMap { try? JSON(parsing: UnsafeBufferPointer(rebasing: bytes[$0])) }
    }
    guard value(members.version) == "2.0" else { return }
    id = value(members.id).flatMap(RequestID.init)
    let hasBadID = members.id != nil && id == nil
    switch (members.method, members.result, members.error) {
    case (let name?, nil, nil):
      guard let method = value(name)?.stringValue, !hasBadID, !members.hasBadParams else { return }
      self.method = method
      kind = members.id == nil ? .notification : .request
      subject = value(members.subject(of: method))?.stringValue
      body = members.body(of: method)
      if method == "notifications/cancelled" { cancels = value(members.requestID).flatMap(RequestID.init) }
    case (nil, let result?, nil):
      guard id != nil else { return }
      kind = .response
      isToolError = members.isToolError
      body = result
    case (nil, nil, let error?):
      let isNull = members.id.map { value($0) == .null } ?? true
      guard !hasBadID || isNull else { return }
      kind = .error
      body = error
    default: return
    }
  }
}
