internal import MCP
internal import RunPythonTool

/// The tools that save states and go back to them, as clients know them.
enum CheckpointTools {
  static let checkpoint = Tool(
    name: ToolName.checkpoint.rawValue, title: "Save the Python session",
    description: """
      Saves the state of the Python session: variables, functions, generators, imported modules and files in memory. \
      `restore` goes back to it, `fork` begins another session from it.

      """,
    inputSchema: input([Member.name: text("A name for the checkpoint")]),
    outputSchema: output([
      Member.checkpoint: text("The checkpoint's name in later calls; it is of use in this session only"),
      Member.name: nullableText("The name that it was given, if any"),
      Member.bytes: ["type": "integer", "description": "The number of bytes that it takes"],
    ]),
    annotations: [
      "readOnlyHint": false, "destructiveHint": false, "idempotentHint": false, "openWorldHint": false,
    ])

  static let restore = Tool(
    name: ToolName.restore.rawValue, title: "Take the Python session back",
    description: """
      Takes the Python session back to a checkpoint, or undoes its last runs: all variables and files are then as they \
      were.

      """,
    inputSchema: input(
      [
        Member.checkpoint: text("The checkpoint from an earlier result, or -N to undo the last N runs"),
        Member.reseed: reseed,
      ], required: [Member.checkpoint]),
    outputSchema: output([Member.checkpoint: text("The checkpoint that was asked for")]),
    annotations: [
      "readOnlyHint": false, "destructiveHint": true, "idempotentHint": false, "openWorldHint": false,
    ])

  static let fork = Tool(
    name: ToolName.fork.rawValue, title: "Fork the Python session",
    description: """
      Begins another Python session in the state of this one, or of one of its checkpoints. Neither touches the other; \
      calls name the new one by `session`.

      """,
    inputSchema: input([
      Member.checkpoint: text(
        "The checkpoint to begin from, or -N for the state before the last N runs; leave it out for the state as it is now"
      ),
      Member.reseed: reseed,
    ]),
    outputSchema: output([Member.session: text("Name this session in calls to use the fork")]),
    annotations: [
      "readOnlyHint": false, "destructiveHint": false, "idempotentHint": false, "openWorldHint": false,
    ])

  static let all = [checkpoint, restore, fork]

  /// Gives the tools for one way of naming sessions.
  static func tools(_ naming: SessionNaming) -> [Tool] {
    let session =
      naming == .always
      ? "The session, from an earlier result"
      : "The session; leave it out for the one that the conversation began with"
    return all.map { tool in
      var tool = tool
      tool.inputSchema.add(property: Member.session, naming.schema(session))
      return tool
    }
  }

  private static let reseed: JSON = [
    "type": "boolean", "default": false,
    "description": "True to get other random numbers than the first time",
  ]

  private static func text(_ description: String) -> JSON {
    ["type": "string", "description": .string(description)]
  }

  private static func nullableText(_ description: String) -> JSON {
    ["type": ["string", "null"], "description": .string(description)]
  }

  /// The schema without the argument that names the session: ``tools(_:)`` adds that.
  private static func input(_ own: JSONObject, required: [String] = []) -> JSON {
    [
      "$schema": RunTool.dialect, "type": "object", "properties": .object(own),
      "required": .array(required.map(JSON.string)),
      "additionalProperties": false,
    ]
  }

  /// The schema of a result. Every result tells the place of the session.
  private static func output(_ own: JSONObject) -> JSON {
    var properties = own
    properties[Member.runs] = [
      "type": "integer", "description": "The number of runs that the state comes from",
    ]
    properties[Member.lastLine] = text("The last line of the code of the last of them")
    properties[Member.checkpoints] = [
      "type": "array", "description": "The session's checkpoints, the oldest first",
      "items": [
        "type": "object",
        "properties": [
          "checkpoint": ["type": "string"], "name": ["type": ["string", "null"]],
          Member.bytes: ["type": "integer"],
          "runs": ["type": "integer"], "last_line": ["type": "string"], "created": ["type": "string"],
        ],
      ],
    ]
    properties[Member.undoable] = [
      "type": "array", "items": ["type": "integer"],
      "description": "The numbers of last runs that can be undone: those that -N may have",
    ]
    properties[Member.keptOutside] = [
      "type": "integer",
      "description":
        "The number of runs taken back whose writes to this machine's files stay; missing for none",
    ]
    let required = own.keys + [Member.runs, Member.lastLine, Member.checkpoints, Member.undoable]
    return [
      "$schema": RunTool.dialect, "type": "object", "properties": .object(properties),
      "required": .array(required.map(JSON.string)),
    ]
  }
}
