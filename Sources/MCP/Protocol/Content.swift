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
