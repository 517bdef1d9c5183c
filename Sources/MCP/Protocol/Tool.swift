/// A tool that a server offers.
public struct Tool: Sendable, Hashable {
  /// The name to call it by.
  public var name: String
  /// A name for people; known from 2025-06-18.
  public var title: String?
  public var description: String?
  /// A JSON Schema of type `object` for the arguments.
  public var inputSchema: JSON
  /// A JSON Schema for ``ToolResult/structuredContent``; known from 2025-06-18.
  public var outputSchema: JSON?
  /// Hints about behaviour, schema `ToolAnnotations`; known from 2025-03-26.
  public var annotations: JSON?
  /// Images that stand for it, each of schema `Icon`; known from 2025-11-25.
  public var icons: [JSON]

  public init(
    name: String, title: String? = nil, description: String? = nil, inputSchema: JSON,
    outputSchema: JSON? = nil, annotations: JSON? = nil, icons: [JSON] = []
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.inputSchema = inputSchema
    self.outputSchema = outputSchema
    self.annotations = annotations
    self.icons = icons
  }

  /// Reads a tool as a server of any revision lists it.
  ///
  /// - Throws: `invalidParams` when the name or the input schema are missing.
  public init(json: JSON) throws(RPCError) {
    guard let name = json["name"]?.stringValue else {
      throw .invalidParams("A tool must have a \"name\".")
    }
    guard let inputSchema = json["inputSchema"], inputSchema.objectValue != nil else {
      throw .invalidParams("The tool \"\(name)\" must have an \"inputSchema\".")
    }
    self.init(
      name: name, title: json["title"]?.stringValue, description: json["description"]?.stringValue,
      inputSchema: inputSchema, outputSchema: json["outputSchema"], annotations: json["annotations"],
      icons: json["icons"]?.arrayValue ?? [])
  }

  /// The tool without the members that the revision does not know.
  public func json(for revision: Revision) -> JSON {
    var members: JSONObject = ["name": .string(name)]
    if revision >= .v2025_06_18, let title { members["title"] = .string(title) }
    if let description { members["description"] = .string(description) }
    members["inputSchema"] = inputSchema
    if revision >= .v2025_06_18, let outputSchema { members["outputSchema"] = outputSchema }
    if revision >= .v2025_03_26, let annotations { members["annotations"] = annotations }
    if revision >= .v2025_11_25, !icons.isEmpty { members["icons"] = .array(icons) }
    return .object(members)
  }
}
