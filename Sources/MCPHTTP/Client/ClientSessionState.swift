internal import HTTPTypes
internal import MCP

/// The facts that a client has learnt about its server, and the headers that follow from them. The type is pure.
struct ClientSessionState: Sendable {
  /// The session's id, which a legacy server gives at `initialize`.
  var id: String?
  /// The revision that `initialize` agreed on; nil before.
  private(set) var revision: Revision?
  /// The arguments that are repeated as headers, by the name of the tool.
  private var mirrored: [String: MirroredArguments] = [:]

  /// The headers that a message goes with (Streamable HTTP of its revision).
  func headers(for message: Message?) -> HTTPFields {
    var headers: HTTPFields = [
      .contentType: "application/json", .accept: "application/json, text/event-stream",
    ]
    if case .request(_, let method, let params)? = message, message?.isModernRequest == true {
      headers[.mcpProtocolVersion] = params["_meta"]?[MetaKey.protocolVersion]?.stringValue
      headers[.mcpMethod] = method
      let name = params["name"] ?? params["uri"]
      headers[.mcpName] = name?.stringValue.map(HeaderValue.encode)
      if method == "tools/call", let tool = params["name"]?.stringValue {
        for (name, value) in mirrored[tool]?.headers(for: params["arguments"] ?? [:]) ?? [] {
          if let name = HTTPField.Name.mcpParameter(name) { headers[name] = value }
        }
      }
      return headers
    }
    if case .request(_, "initialize", _)? = message { return headers }
    headers[.mcpSessionID] = id
    headers[.mcpProtocolVersion] = revision?.rawValue
    return headers
  }

  /// Learns from the result of a request.
  mutating func learn(from result: JSON, of method: String) {
    switch method {
    case "initialize":
      revision = result["protocolVersion"]?.stringValue.flatMap(Revision.init(rawValue:))
    case "tools/list":
      for tool in result["tools"]?.arrayValue ?? [] {
        guard let name = tool["name"]?.stringValue else { continue }
        mirrored[name] = MirroredArguments(inputSchema: tool["inputSchema"] ?? [:])
      }
    default: break
    }
  }
}
