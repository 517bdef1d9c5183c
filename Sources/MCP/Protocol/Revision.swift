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
