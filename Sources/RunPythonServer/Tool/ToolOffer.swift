internal import MCP
internal import RunPythonTool

/// The tools of a conversation, and the way in which its calls name sessions.
struct ToolOffer {
  let naming: SessionNaming
  let tools: [Tool]

  /// - Parameters:
  ///   - hasCheckpoints: True when there are tools to go back in time.
  ///   - structured: The form of results; without structure there is no schema for it.
  init(
    naming: SessionNaming, hasCheckpoints: Bool, structured: ResultOptions.Structure,
    _ description: SandboxDescription
  ) {
    self.naming = naming
    var tool = RunTool.tool(naming)
    tool.annotations = description.annotations
    tool.icons = SandboxDescription.icons
    if structured == .text { tool.outputSchema = nil }
    tools = [tool] + (hasCheckpoints ? CheckpointTools.tools(naming) : [])
  }
}

/// The way in which a conversation's calls name their session.
enum SessionNaming {
  /// Calls name no session, because there is only one.
  case never
  /// Calls name the forks, and not the session that the conversation began with.
  case forks
  /// Calls always name their session, because no protocol remembers it.
  case always

  /// The schema of the argument that names it.
  func schema(_ description: String) -> JSON {
    var schema: JSONObject = ["type": "string", "description": .string(description)]
    // The header lets a balancer in front send the call to the right server.
    if self == .always { schema["x-mcp-header"] = "Session" }
    return .object(schema)
  }
}

/// The tool that runs code, as clients know it.
enum RunTool {
  static let tool = Tool(
    name: ToolName.run.rawValue, title: "Run Python code", description: description,
    inputSchema: inputSchema, outputSchema: outputSchema)

  /// Gives the tool for one way of naming sessions.
  static func tool(_ naming: SessionNaming) -> Tool {
    var tool = Self.tool
    func add(argument: String, result: String) {
      tool.inputSchema.add(property: Member.session, naming.schema(argument))
      tool.outputSchema?.add(
        property: Member.session, ["type": "string", "description": .string(result)])
    }
    switch naming {
    case .never: break
    case .forks:
      add(
        argument: "The session from a fork; leave it out for the one that the conversation began with",
        result: "The session, if it was named")
    case .always:
      add(
        argument:
          "The session from an earlier result, to go on with its variables; leave it out to begin a new one",
        result: "Name this session in the next call to go on with its variables")
    }
    return tool
  }

  private static var description: String {
    let version = ToolServer.pythonVersion.split(separator: ".").prefix(2).joined(separator: ".")
    return """
      Runs Python code in a sandbox and gives back what it printed to stdout and stderr, and its return value.

      The code may be async: top-level `await` works. The value of the last line is the return value.

      The code runs with Python \(version).

      """
  }

  /// The dialect of the original's schema, for all of ours: clients in Python check each result, which takes them a
  /// fifth of the time with this dialect.
  static let dialect: JSON = "http://json-schema.org/draft-07/schema#"

  /// The original's schema, byte for byte, because its clients compare it.
  private static let inputSchema: JSON = [
    "type": "object",
    "properties": [
      Member.code: ["type": "string", "description": "Python code to run"],
      Member.globals: [
        "type": "object",
        "additionalProperties": [:],
        "default": [:],
        "description": "Map of global variables in context when the code is executed",
      ],
    ],
    "required": [.string(Member.code)],
    "additionalProperties": false,
    "$schema": dialect,
  ]

  private static let outputSchema: JSON = [
    "$schema": dialect,
    "type": "object",
    "properties": [
      Member.status: [
        "type": "string", "enum": .array(RunAnswer.Status.allCases.map { .string($0.rawValue) }),
      ],
      Member.output: [
        "type": "array", "items": ["type": "string"],
        "description": "The lines that the code printed to stdout and stderr",
      ],
      Member.value: ["description": "The value of the last line as JSON; only if status is success"],
      Member.representation: [
        "type": "string", "description": "Python's repr of that value, unless it is None",
      ],
      Member.error: [
        "type": "string", "description": "The traceback or the installer's reason, unless status is success",
      ],
      Member.notice: [
        "type": "string",
        "description":
          "A remark on the run: the interpreter was replaced, output was dropped, or something can be done about an error",
      ],
    ],
    "required": [.string(Member.status), .string(Member.output)],
  ]
}

extension JSON {
  /// Adds a property to a schema of type `object`.
  mutating func add(property name: String, _ schema: JSON) {
    guard var members = objectValue, var properties = members["properties"]?.objectValue else { return }
    properties[name] = schema
    members["properties"] = .object(properties)
    self = .object(members)
  }
}
