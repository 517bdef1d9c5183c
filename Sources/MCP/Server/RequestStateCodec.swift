/// Turns the name of a call that waits for input into the `requestState` for its client, and back
/// (2026-07-28, `InputRequiredResult`).
public protocol RequestStateCodec: Sendable {
  /// - Parameters:
  ///   - name: An unguessable name of letters, digits and hyphens.
  ///   - method: The method of the request that is answered with the question.
  ///   - params: The parameters of the same request.
  func seal(_ name: String, method: String, params: JSONObject) async -> String

  /// - Throws: `invalidParams` for a state that was not made for such a request, or has expired.
  func open(_ state: String, method: String, params: JSONObject) async throws(RPCError) -> String
}

/// The name itself as the state. That is enough where a client has the server to itself, because the name
/// cannot be guessed.
public struct PlainRequestStates: RequestStateCodec {
  public init() {}

  public func seal(_ name: String, method: String, params: JSONObject) -> String { name }

  public func open(_ state: String, method: String, params: JSONObject) throws(RPCError) -> String { state }
}
