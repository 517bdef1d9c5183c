internal import HTTPTypes
public import MCP

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

/// The arguments of a tool that its clients repeat as headers (2026-07-28, Custom Headers from Tool Parameters).
///
/// A balancer in front can route by them. The tool's schema marks them by `x-mcp-header`. The type is pure.
public struct MirroredArguments: Sendable, Hashable {
  struct Argument: Sendable, Hashable {
    /// The names of the properties that lead to the argument.
    let path: [String]
    let header: String
    let isInteger: Bool
  }

  let arguments: [Argument]

  /// Reads a tool's input schema. A schema with an annotation that the revision does not allow mirrors nothing.
  public init(inputSchema: JSON) {
    arguments = Self.find(in: inputSchema, at: [])
  }

  private static func find(in schema: JSON, at path: [String]) -> [Argument] {
    var found: [Argument] = []
    if let header = schema["x-mcp-header"]?.stringValue, let type = schema["type"]?.stringValue,
      ["string", "integer", "boolean"].contains(type), !path.isEmpty
    {
      found.append(Argument(path: path, header: header, isInteger: type == "integer"))
    }
    for (name, property) in schema["properties"]?.objectValue ?? [:] {
      found += find(in: property, at: path + [name])
    }
    return found
  }

  /// The headers that go with these arguments. A name is the part behind `Mcp-Param-`; a value is encoded.
  func headers(for arguments: JSON) -> [(name: String, value: String)] {
    self.arguments.compactMap { argument in
      text(of: argument, in: arguments).map { (argument.header, HeaderValue.encode($0)) }
    }
  }

  func text(of argument: Argument, in arguments: JSON) -> String? {
    var value: JSON? = arguments
    for name in argument.path { value = value?[name] }
    return switch value {
    case .string(let text)?: text
    case .bool(let flag)?: flag ? "true" : "false"
    case .integer(let number)?: String(number)
    case .number(let number)?: Int(exactly: number).map(String.init) ?? String(number)
    case .null?, .digits?, .array?, .object?, nil: nil
    }
  }
}
