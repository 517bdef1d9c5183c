/// The result of a tool call (schema: `CallToolResult`).
public struct ToolResult: Sendable, Hashable {
  public var content: [Content]
  /// The result for programs; known from 2025-06-18, where it must be an object (any value from 2026-07-28).
  public var structuredContent: JSON?
  /// True when the tool itself failed, in a way that a model should read.
  public var isError: Bool
  public var meta: JSONObject?

  public init(
    content: [Content], structuredContent: JSON? = nil, isError: Bool = false, meta: JSONObject? = nil
  ) {
    self.content = content
    self.structuredContent = structuredContent
    self.isError = isError
    self.meta = meta
  }

  /// The pieces of text, each on a line of its own.
  public var text: String {
    content.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n")
  }

  /// Reads a result as a server of any revision sends it.
  ///
  /// - Throws: `invalidParams` when `content` is not an array. So it does for a result that asks for input
  ///   and is not complete (2026-07-28, `resultType` other than `complete`).
  public init(json: JSON) throws(RPCError) {
    let resultType = json["resultType"]?.stringValue ?? "complete"
    guard resultType == "complete" else {
      throw .invalidParams("The result is of the type \"\(resultType)\", not \"complete\".")
    }
    guard let content = json["content"]?.arrayValue else {
      throw .invalidParams("A tool result must have an array \"content\".")
    }
    self.init(
      content: content.map { Content(json: $0) }, structuredContent: json["structuredContent"],
      isError: json["isError"]?.boolValue ?? false, meta: json["_meta"]?.objectValue)
  }

  /// The result without the members that the revision does not know.
  public func json(for revision: Revision) -> JSON {
    var members: JSONObject = [:]
    if revision.era == .modern { members["resultType"] = "complete" }
    members["content"] = .array(content.map(\.json))
    if revision >= .v2025_06_18, let structuredContent { members["structuredContent"] = structuredContent }
    if isError { members["isError"] = true }
    if let meta { members["_meta"] = .object(meta) }
    return .object(members)
  }
}

/// A piece of a tool's result (schema: `ContentBlock`).
public enum Content: Sendable, Hashable {
  case text(String)
  /// An image: its bytes in base64.
  case image(base64: String, mimeType: String)
  /// Any other piece, or one with members beyond the above, kept as it came.
  case other(JSON)

  public init(json: JSON) {
    switch (json["type"], json.objectValue?.count) {
    case ("text", 2):
      if let text = json["text"]?.stringValue {
        self = .text(text)
        return
      }
    case ("image", 3):
      if let data = json["data"]?.stringValue, let mimeType = json["mimeType"]?.stringValue {
        self = .image(base64: data, mimeType: mimeType)
        return
      }
    default: break
    }
    self = .other(json)
  }

  public var json: JSON {
    switch self {
    case .text(let text): ["type": "text", "text": .string(text)]
    case .image(let base64, let mimeType):
      ["type": "image", "data": .string(base64), "mimeType": .string(mimeType)]
    case .other(let json): json
    }
  }
}
