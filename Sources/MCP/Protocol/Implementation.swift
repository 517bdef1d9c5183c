/// The name and version of a program that speaks MCP.
public struct Implementation: Sendable, Hashable {
  /// A name for programs.
  public var name: String
  /// A name for people; revisions before 2025-06-18 do not know it.
  public var title: String?
  public var version: String
  /// Images that stand for it, each of schema `Icon`; known from 2025-11-25.
  public var icons: [JSON]

  public init(name: String, title: String? = nil, version: String, icons: [JSON] = []) {
    self.name = name
    self.title = title
    self.version = version
    self.icons = icons
  }

  /// Reads an implementation; nil when name or version are not strings.
  public init?(_ json: JSON) {
    guard let name = json["name"]?.stringValue, let version = json["version"]?.stringValue else { return nil }
    self.init(
      name: name, title: json["title"]?.stringValue, version: version,
      icons: json["icons"]?.arrayValue ?? [])
  }

  public func json(for revision: Revision) -> JSON {
    var members: JSONObject = ["name": .string(name)]
    if revision >= .v2025_06_18, let title { members["title"] = .string(title) }
    members["version"] = .string(version)
    if revision >= .v2025_11_25, !icons.isEmpty { members["icons"] = .array(icons) }
    return .object(members)
  }
}
