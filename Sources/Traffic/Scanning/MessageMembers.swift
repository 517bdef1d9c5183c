import JSON

/// The places in the bytes of those members of a JSON-RPC message that matter to the list.
struct MessageMembers {
  private(set) var version: Range<Int>?
  private(set) var id: Range<Int>?
  private(set) var method: Range<Int>?
  private(set) var params: Range<Int>?
  private(set) var result: Range<Int>?
  private(set) var error: Range<Int>?

  // These are members of the parameters.
  private var name: Range<Int>?
  private var arguments: Range<Int>?
  private var logger: Range<Int>?
  private var data: Range<Int>?
  private var uri: Range<Int>?
  private(set) var requestID: Range<Int>?

  private(set) var hasBadParams = false
  private(set) var isToolError = false

  /// Takes one member of the message.
  mutating func take(_ memberName: Range<Int>, from scanner: inout JSONScanner) -> Bool {
    switch scanner.text(memberName) {
    case "params": return takeParams(from: &scanner)
    case "result": return takeResult(from: &scanner)
    case let name:
      guard let value = scanner.skipValue() else { return false }
      switch name {
      case "jsonrpc": version = value
      case "id": id = value
      case "method": method = value
      case "error": error = value
      default: break
      }
      return true
    }
  }

  private mutating func takeParams(from scanner: inout JSONScanner) -> Bool {
    scanner.skipBlanks()
    let start = scanner.position
    // The last of several members with one name counts, and so nothing of an earlier one.
    (name, arguments, logger, data, uri, requestID) = (nil, nil, nil, nil, nil, nil)
    hasBadParams = scanner.current != UInt8(ascii: "{")
    if hasBadParams { return scanner.skipValue() != nil }
    var found = self
    let isWhole = scanner.skipMembers { scanner, memberName in
      guard let value = scanner.skipValue() else { return false }
      switch scanner.text(memberName) {
      case "name": found.name = value
      case "arguments": found.arguments = value
      case "logger": found.logger = value
      case "data": found.data = value
      case "uri": found.uri = value
      case "requestId": found.requestID = value
      default: break
      }
      return true
    }
    self = found
    params = start..<scanner.position
    return isWhole
  }

  private mutating func takeResult(from scanner: inout JSONScanner) -> Bool {
    scanner.skipBlanks()
    let start = scanner.position
    isToolError = false
    guard scanner.current == UInt8(ascii: "{") else {
      result = scanner.skipValue()
      return result != nil
    }
    var saysError = false
    let isWhole = scanner.skipMembers { scanner, memberName in
      guard let value = scanner.skipValue() else { return false }
      if scanner.text(memberName) == "isError" {
        saysError = scanner.bytes[value.lowerBound] == UInt8(ascii: "t")
      }
      return true
    }
    isToolError = saysError
    result = start..<scanner.position
    return isWhole
  }

  func subject(of method: String) -> Range<Int>? {
    switch method {
    case "tools/call", "prompts/get": name
    case "notifications/message": logger
    case "resources/read", "resources/subscribe", "resources/unsubscribe", "notifications/resources/updated":
      uri
    default: nil
    }
  }

  func body(of method: String) -> Range<Int>? {
    switch method {
    case "tools/call", "prompts/get": arguments
    case "notifications/message": data
    default: params
    }
  }
}

extension JSONScanner {
  /// The name of a member, if it may be a wanted one; names with escapes never are.
  fileprivate func text(_ name: Range<Int>) -> StaticName {
    StaticName(UnsafeBufferPointer(rebasing: bytes[(name.lowerBound + 1)..<(name.upperBound - 1)]))
  }
}

/// Bytes to compare with literals in a `switch`, without making a string.
private struct StaticName {
  let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  static func ~= (pattern: StaticString, name: StaticName) -> Bool {
    name.bytes.elementsEqual(UnsafeBufferPointer(start: pattern.utf8Start, count: pattern.utf8CodeUnitCount))
  }

  static func == (name: StaticName, pattern: StaticString) -> Bool { pattern ~= name }
}
