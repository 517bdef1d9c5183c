public import MCP

/// The tools that go back in time (`--checkpoints`), as clients know them.
public enum CheckpointTools {
  public static let checkpoint = Tool(
    name: "checkpoint", title: "Save the Python session",
    description: """
      Saves the state of the Python session: variables, functions, generators, imported modules and files in memory. \
      `restore` goes back to it, `fork` begins another session from it.

      """,
    inputSchema: input(["name": text("What to call it")]),
    outputSchema: output([
      checkpointArgument: text("Names this checkpoint in later calls; of use in this session only"),
      "name": nullableText("What it is called, if it was given a name"),
      "bytes": ["type": "integer", "description": "What it takes"],
    ]),
    annotations: [
      "readOnlyHint": false, "destructiveHint": false, "idempotentHint": false, "openWorldHint": false,
    ])

  public static let restore = Tool(
    name: "restore", title: "Take the Python session back",
    description: """
      Takes the Python session back to a checkpoint, or undoes its last runs: all variables and files are then as they \
      were.

      """,
    inputSchema: input(
      [
        checkpointArgument: text("The checkpoint from an earlier result, or -N to undo the last N runs"),
        "reseed": reseed,
      ], required: [checkpointArgument]),
    outputSchema: output([checkpointArgument: text("The checkpoint that was asked for")]),
    annotations: [
      "readOnlyHint": false, "destructiveHint": true, "idempotentHint": false, "openWorldHint": false,
    ])

  public static let fork = Tool(
    name: "fork", title: "Fork the Python session",
    description: """
      Begins another Python session in the state of this one, or of one of its checkpoints. Neither touches the other; \
      calls name the new one by `session`.

      """,
    inputSchema: input([
      checkpointArgument: text(
        "The checkpoint to begin from, or -N for the state before the last N runs; leave out for the state as it is now"
      ),
      "reseed": reseed,
    ]),
    outputSchema: output([RunPythonTool.sessionArgument: text("Name this session in calls to use the fork")]),
    annotations: [
      "readOnlyHint": false, "destructiveHint": false, "idempotentHint": false, "openWorldHint": false,
    ])

  public static let all = [checkpoint, restore, fork]

  /// Gives the tools for one way of naming sessions.
  static func tools(_ naming: SessionNaming) -> [Tool] {
    let session =
      naming == .always
      ? "The session, from an earlier result"
      : "The session; leave out for the one that the conversation began with"
    return all.map { tool in
      var tool = tool
      tool.inputSchema.add(property: RunPythonTool.sessionArgument, naming.schema(session))
      return tool
    }
  }

  /// A key in the `_meta` of a call of `checkpoint` or `restore`: the absolute path of a file to write or to
  /// read. It counts only where the client is the server's own user.
  public static let fileKey = "mcp-run-python/file"

  static let checkpointArgument = "checkpoint"

  private static let reseed: JSON = [
    "type": "boolean", "default": false,
    "description": "Whether random numbers are to be others than the first time",
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
      "type": "object", "properties": .object(own), "required": .array(required.map(JSON.string)),
      "additionalProperties": false,
    ]
  }

  /// The schema of a result. Every result tells the place of the session.
  private static func output(_ own: JSONObject) -> JSON {
    var properties = own
    properties["runs"] = ["type": "integer", "description": "How many runs the state comes from"]
    properties["last_line"] = text("The last line of the last of them")
    properties["checkpoints"] = [
      "type": "array", "description": "The session's checkpoints, the oldest first",
      "items": [
        "type": "object",
        "properties": [
          "checkpoint": ["type": "string"], "name": ["type": ["string", "null"]],
          "bytes": ["type": "integer"],
          "runs": ["type": "integer"], "last_line": ["type": "string"], "created": ["type": "string"],
        ],
      ],
    ]
    properties["undoable"] = [
      "type": "array", "items": ["type": "integer"],
      "description": "How many of the last runs can be undone: the numbers that -N may have",
    ]
    let required = own.keys + ["runs", "last_line", "checkpoints", "undoable"]
    return [
      "type": "object", "properties": .object(properties), "required": .array(required.map(JSON.string)),
    ]
  }
}
