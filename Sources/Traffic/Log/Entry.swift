public import MCP
public import SystemSupport

/// One line on the wire: a message, a batch of messages, or another text.
public struct Entry: Sendable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case request, response, error, notification
    /// The line is no JSON-RPC.
    case invalid
  }

  /// The facts about one message, read without decoding it. A line that is no batch has one item.
  public struct Item: Sendable {
    public var kind: Kind
    public var id: RequestID?
    /// The method; a response has its request's, when that is known.
    public var method: String?
    /// The tool, logger or resource that the method is about; a response has its request's.
    public var subject: String?
    /// The number of the exchange to which the message belongs: as request, response or cancellation.
    public var exchange: Int?
    /// True for a response whose request is not known, or was answered before.
    public var isOrphan = false
    /// The place in the bytes of the part that matters.
    var body: Range<Int>?
  }

  /// The entry's number, from 0, in the order of the wire.
  public let number: Int
  public let time: Date
  public let direction: Direction
  public let bytes: [UInt8]
  public internal(set) var items: [Item]
  public let isBatch: Bool

  public var size: Int { bytes.count }
  public var kind: Kind { items.first?.kind ?? .invalid }
  public var id: RequestID? { items.first?.id }
  public var method: String? { items.first?.method }
  public var subject: String? { items.first?.subject }
  public var exchange: Int? { items.first?.exchange }
}

extension Entry {
  /// The bytes as text; bytes that are not UTF-8 are replaced.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The message in a few words: the beginning of arguments, log text, result or error. For an invalid line
  /// it is the beginning of the line. It may hold any character.
  ///
  /// - Parameter limit: The largest number of bytes of the message to use.
  public func summary(limit: Int = 200) -> String {
    let body = (isBatch ? nil : items.first?.body) ?? (kind == .invalid || isBatch ? bytes.indices : nil)
    guard let body else { return "" }
    let part = bytes[body].prefix(max(0, limit))
    var text = String(decoding: part, as: UTF8.self)
    // The limit may cut a character in two.
    if part.count < body.count, text.last == "\u{FFFD}" { text.removeLast() }
    return text
  }

  /// The reason why the line is not JSON-RPC, as a sentence; nil when it is.
  public var problem: String? {
    guard items.contains(where: { $0.kind == .invalid }) else { return nil }
    do {
      let json = try JSON(parsing: bytes)
      for part in isBatch ? json.arrayValue ?? [] : [json] { _ = try Message(part) }
      return nil
    } catch let error as JSONParseError {
      return "This is not JSON: \(error)"
    } catch let error as RPCError {
      return error.message
    } catch {
      return "\(error)"
    }
  }
}
