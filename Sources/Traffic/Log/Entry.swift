public import MCP
public import SystemSupport

/// One line on the wire: a message, a batch of messages, or something that is neither.
public struct Entry: Sendable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case request, response, error, notification
    /// Not JSON-RPC.
    case invalid
  }

  /// What is known of one message without decoding it. A line that is no batch has one.
  public struct Item: Sendable {
    public var kind: Kind
    public var id: RequestID?
    /// Also of a response, when its request is known.
    public var method: String?
    /// The tool, logger or resource that the method is about; also of a response.
    public var subject: String?
    /// The number of the exchange that the message belongs to: as its request, its response or its cancellation.
    public var exchange: Int?
    /// Whether this is a response to a request that is not known, or was answered before.
    public var isOrphan = false
    /// Where in the bytes the part that matters lies.
    var body: Range<Int>?
  }

  /// From 0, in the order of the wire.
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
  /// The bytes as text; what is not UTF-8 is replaced.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// What the message says, in a few words: the beginning of arguments, log text, result or error; of an invalid line
  /// the beginning of it all. It may hold any character.
  ///
  /// - Parameter limit: bytes of the message at most.
  public func summary(limit: Int = 200) -> String {
    let body = (isBatch ? nil : items.first?.body) ?? (kind == .invalid || isBatch ? bytes.indices : nil)
    guard let body else { return "" }
    let part = bytes[body].prefix(max(0, limit))
    var text = String(decoding: part, as: UTF8.self)
    // A character that the limit cuts in two.
    if part.count < body.count, text.last == "\u{FFFD}" { text.removeLast() }
    return text
  }

  /// Why the line is not JSON-RPC, as a sentence; nil when it is.
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
