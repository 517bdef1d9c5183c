/// What a message that is sent has to do with the requests of its receiver. Transports with one stream for all need
/// not know.
public enum MessageRole: Sendable, Hashable {
  /// Belongs to no request.
  case unrelated
  /// Sent while the request is in work.
  case during(RequestID)
  /// Ends the request; `error` is what it ended with.
  case answer(RequestID, error: RPCError? = nil)
}
