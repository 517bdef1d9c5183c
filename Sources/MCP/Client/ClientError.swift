/// The reason why a client could not get an answer. An error that the server answers is an ``RPCError``.
public struct ClientError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: Sendable, Hashable {
    /// The server could not be started, ended, or closed the connection.
    case serverGone
    /// ``Client/close()`` was called.
    case closed
    /// No answer came within the time.
    case timedOut
    /// There is no revision that both sides speak.
    case unsupportedRevision
    /// An answer broke the rules of the protocol.
    case invalidResponse
  }

  public var code: Code
  /// A sentence for the user.
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
