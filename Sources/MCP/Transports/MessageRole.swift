/// The relation of a sent message to its receiver's requests. Transports with one stream for all need not
/// know it.
public enum MessageRole: Sendable, Hashable {
  /// The message belongs to no request.
  case unrelated
  /// The message is sent while the request is in work.
  case during(RequestID)
  /// The message ends the request; `error` is its error, if it failed.
  case answer(RequestID, error: RPCError? = nil)
}
