internal import HTTPTypes
internal import MCP

/// Compares the headers of a 2026-07-28 request with its body (Streamable HTTP, Server Validation).
///
/// A balancer that decides by the headers must not be deceived. The type is pure.
struct HeaderAgreement: Sendable {
  let headers: HTTPFields
  /// The arguments that clients repeat as headers, by the name of the tool.
  let mirrored: [String: MirroredArguments]

  /// The parameter that `Mcp-Name` repeats, by method.
  private static let named = ["tools/call": "name", "prompts/get": "name", "resources/read": "uri"]

  /// - Throws: `headerMismatch` with the first difference.
  func check(method: String, params: JSONObject) throws(RPCError) {
    try expect(
      try single(.mcpProtocolVersion), .mcpProtocolVersion,
      params["_meta"]?[MetaKey.protocolVersion]?.stringValue)
    try expect(try single(.mcpMethod), .mcpMethod, method)
    if let member = Self.named[method], let name = params[member]?.stringValue {
      try expect(try decoded(.mcpName), .mcpName, name)
    }
    if method == "tools/call", let tool = params["name"]?.stringValue, let mirrored = mirrored[tool] {
      for argument in mirrored.arguments { try check(argument, of: mirrored, params["arguments"] ?? [:]) }
    }
  }

  private func check(
    _ argument: MirroredArguments.Argument, of mirrored: MirroredArguments, _ arguments: JSON
  ) throws(RPCError) {
    guard let name = HTTPField.Name.mcpParameter(argument.header) else { return }
    let header = try decoded(name)
    let value = mirrored.text(of: argument, in: arguments)
    if header == nil, value == nil { return }
    if argument.isInteger, let header, let value, let number = Double(header), number == Double(value) {
      return
    }
    try expect(header, name, value)
  }

  /// Throws unless the header is there and says the same as the body.
  private func expect(_ header: String?, _ name: HTTPField.Name, _ body: String?) throws(RPCError) {
    guard let header else { throw .headerMismatch("the header \(name.rawName) is missing") }
    guard header == body else {
      let said = body.map { "'\($0)'" } ?? "nothing"
      throw .headerMismatch("\(name.rawName) is '\(header)', but the body says \(said)")
    }
  }

  private func decoded(_ name: HTTPField.Name) throws(RPCError) -> String? {
    guard let value = try single(name) else { return nil }
    guard let text = HeaderValue.decode(value) else {
      throw .headerMismatch("\(name.rawName) is not valid base64")
    }
    return text
  }

  private func single(_ name: HTTPField.Name) throws(RPCError) -> String? {
    let values = headers[values: name]
    guard values.count < 2 else { throw .headerMismatch("\(name.rawName) is given more than once") }
    return values.first
  }
}
