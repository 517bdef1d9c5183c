/// A way through the history, entry by entry, and back to the unfinished text.
struct HistoryWalk {
  private let entries: [String]
  /// The shown entry; past the last one it is the draft.
  private(set) var index: Int
  private let draft: String

  /// - Parameters:
  ///   - index: the entry that is shown already.
  ///   - draft: the text that stood in the line before.
  init(entries: [String], index: Int? = nil, draft: String) {
    self.entries = entries
    self.index = index ?? entries.count
    self.draft = draft
  }

  /// Goes to the nearest earlier entry that begins with the prefix, if there is one.
  mutating func previous(_ prefix: String = "") -> String? {
    guard let found = entries[..<index].lastIndex(where: { $0.hasPrefix(prefix) }) else { return nil }
    index = found
    return entries[index]
  }

  /// Goes to the nearest later entry that begins with the prefix, at last to the draft; `nil` if that is
  /// shown already.
  mutating func next(_ prefix: String = "") -> String? {
    guard index < entries.count else { return nil }
    index = entries[(index + 1)...].firstIndex { $0.hasPrefix(prefix) } ?? entries.count
    return index < entries.count ? entries[index] : draft
  }
}
