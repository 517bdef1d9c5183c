internal import MCP

/// The body of a POST: one message, or a batch in 2025-03-26.
struct PostedBody {
  private let json: JSON
  /// The one message; the error for a batch, and for what is no message.
  private let single: Result<Message, RPCError>

  init(_ json: JSON) {
    self.json = json
    single = Self.message(in: json)
  }

  private static func message(in json: JSON) -> Result<Message, RPCError> {
    Result { () throws(RPCError) in try Message(json) }
  }

  /// The id of the message, which may be invalid otherwise.
  var id: RequestID? { Message.identifier(in: json) }

  var isModernRequest: Bool { (try? single.get())?.isModernRequest ?? false }

  /// True for the one message with which a legacy client begins.
  var isInitialize: Bool { (try? single.get())?.isInitialize ?? false }

  /// The one message of the body.
  var message: Message {
    get throws(Refusal) { try Self.unrefused(single, in: json) }
  }

  /// The messages of the body, at least one.
  func messages(_ revision: Revision) throws(Refusal) -> [Message] {
    guard let elements = json.arrayValue else { return [try message] }
    guard revision == .v2025_03_26 else {
      throw Refusal(.invalidRequest("Batches of messages are not part of the protocol here."))
    }
    guard !elements.isEmpty else { throw Refusal(.invalidRequest("A batch must not be empty.")) }
    var messages: [Message] = []
    for element in elements { messages.append(try Self.unrefused(Self.message(in: element), in: element)) }
    guard !messages.contains(where: { $0.isInitialize }) else {
      throw Refusal(.invalidRequest("\"initialize\" must not be part of a batch."))
    }
    return messages
  }

  private static func unrefused(
    _ message: Result<Message, RPCError>, in json: JSON
  ) throws(Refusal) -> Message {
    do {
      return try message.get()
    } catch {
      throw Refusal(error, id: Message.identifier(in: json))
    }
  }
}

extension Message {
  fileprivate var isInitialize: Bool {
    guard case .request(_, "initialize", _) = self else { return false }
    return true
  }
}
