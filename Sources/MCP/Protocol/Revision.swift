/// A revision of the Model Context Protocol, ordered by date.
public enum Revision: String, Sendable, CaseIterable, Comparable {
  case v2024_11_05 = "2024-11-05"
  case v2025_03_26 = "2025-03-26"
  case v2025_06_18 = "2025-06-18"
  case v2025_11_25 = "2025-11-25"
  case v2026_07_28 = "2026-07-28"

  /// The newest revision of all.
  public static let latest = Revision.v2026_07_28
  /// The newest revision that begins with `initialize`.
  public static let latestLegacy = Revision.v2025_11_25

  /// The revisions that need no handshake, the newest first.
  public static var modern: [Revision] { allCases.filter { $0.era == .modern }.reversed() }

  public var era: Era { self < .v2026_07_28 ? .legacy : .modern }

  public static func < (left: Revision, right: Revision) -> Bool { left.rawValue < right.rawValue }
}

/// The way in which a conversation is held.
public enum Era: Sendable, Hashable {
  /// In 2024-11-05 to 2025-11-25, an `initialize` handshake opens a session with state.
  case legacy
  /// In 2026-07-28 there is no handshake; every request says in its `_meta` what it needs.
  case modern
}

/// Names that MCP 2026-07-28 reserves in `_meta` (schema: `RequestMetaObject`, `ResultMetaObject`,
/// `NotificationMetaObject`). `progressToken` is common to all revisions.
public enum MetaKey {
  public static let protocolVersion = "io.modelcontextprotocol/protocolVersion"
  public static let clientInfo = "io.modelcontextprotocol/clientInfo"
  public static let clientCapabilities = "io.modelcontextprotocol/clientCapabilities"
  public static let logLevel = "io.modelcontextprotocol/logLevel"
  public static let serverInfo = "io.modelcontextprotocol/serverInfo"
  public static let subscriptionID = "io.modelcontextprotocol/subscriptionId"
  public static let progressToken = "progressToken"
}

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
