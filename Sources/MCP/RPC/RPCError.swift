/// A JSON-RPC error: a server's answer in place of a result.
public struct RPCError: Error, Sendable, Hashable {
  public var code: Int
  /// A sentence for people.
  public var message: String
  public var data: JSON?

  public init(code: Int, message: String, data: JSON? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }

  /// Reads the `error` member of a response; nil when it lacks an integer code or a message.
  public init?(_ json: JSON) {
    guard let code = json["code"]?.intValue, let message = json["message"]?.stringValue else { return nil }
    self.init(code: code, message: message, data: json["data"])
  }

  /// The `error` member of a response.
  public var json: JSON {
    var members: JSONObject = ["code": .integer(code), "message": .string(message)]
    members["data"] = data
    return .object(members)
  }
}

extension RPCError: CustomStringConvertible {
  public var description: String { "\(message) (\(code))" }
}

extension RPCError {
  public static let parseErrorCode = -32700
  public static let invalidRequestCode = -32600
  public static let methodNotFoundCode = -32601
  public static let invalidParamsCode = -32602
  public static let internalErrorCode = -32603
  /// The code of `HeaderMismatchError` (MCP 2026-07-28).
  public static let headerMismatchCode = -32020
  /// The code of `MissingRequiredClientCapabilityError` (MCP 2026-07-28).
  public static let missingClientCapabilityCode = -32021
  /// The code of `UnsupportedProtocolVersionError` (MCP 2026-07-28).
  public static let unsupportedProtocolVersionCode = -32022

  /// The bytes were not JSON.
  public static func parseError(_ message: String) -> RPCError {
    RPCError(code: parseErrorCode, message: message)
  }

  /// The bytes were JSON, but not a message that may be sent now.
  public static func invalidRequest(_ message: String) -> RPCError {
    RPCError(code: invalidRequestCode, message: message)
  }

  /// There is no such method in this era.
  public static func methodNotFound(_ method: String) -> RPCError {
    RPCError(code: methodNotFoundCode, message: "Method not found: \(method)")
  }

  /// The parameters do not fit the method.
  public static func invalidParams(_ message: String) -> RPCError {
    RPCError(code: invalidParamsCode, message: message)
  }

  /// The request was right and the server failed.
  public static func internalError(_ message: String) -> RPCError {
    RPCError(code: internalErrorCode, message: message)
  }

  /// There is no room for the request now; a later try may succeed.
  ///
  /// - Parameter retryAfter: The seconds to wait, which stand in `data` as `retryAfter`.
  public static func overloaded(_ message: String, retryAfter: Int) -> RPCError {
    RPCError(code: internalErrorCode, message: message, data: ["retryAfter": .integer(retryAfter)])
  }

  /// The seconds after which a request that found no room may be tried again; nil for any other error.
  public var retryAfter: Int? { code == Self.internalErrorCode ? data?["retryAfter"]?.intValue : nil }

  /// An HTTP header contradicts the message (MCP 2026-07-28).
  public static func headerMismatch(_ message: String) -> RPCError {
    RPCError(code: headerMismatchCode, message: "Header mismatch: \(message)")
  }

  /// The request names a revision that this server does not speak in that way (MCP 2026-07-28).
  ///
  /// - Parameter supported: The revisions that a client may name instead; `server/discover` lists the same.
  public static func unsupportedProtocolVersion(
    requested: String, supported: [Revision] = Revision.modern
  ) -> RPCError {
    RPCError(
      code: unsupportedProtocolVersionCode,
      message: "Unsupported protocol version",
      data: [
        "supported": .array(supported.map { .string($0.rawValue) }),
        "requested": .string(requested),
      ])
  }

  /// The request cannot be served to a client without these capabilities (MCP 2026-07-28).
  ///
  /// - Parameter required: The capabilities in the shape in which a client declares them, such as
  ///   `["elicitation": [:]]`.
  public static func missingClientCapability(_ required: JSON) -> RPCError {
    let names = required.objectValue?.keys.joined(separator: ", ") ?? ""
    return RPCError(
      code: missingClientCapabilityCode,
      message: "The server requires the client capability \(names) for this request",
      data: ["requiredCapabilities": required])
  }
}
