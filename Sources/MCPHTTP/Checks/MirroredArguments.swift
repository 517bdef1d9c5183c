public import MCP

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
