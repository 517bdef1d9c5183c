internal import HTTPTypes
internal import MCP

/// What a client has learnt of its server, and the headers that follow from it. Pure.
struct ClientSessionState: Sendable {
  /// Given by a legacy server at `initialize`.
  var id: String?
  /// What was agreed on; nil before.
  private(set) var revision: Revision?
  /// By tool: which arguments are repeated as headers.
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
