/// A way through the history, entry by entry, and back to what was being typed.
struct HistoryWalk {
  private let entries: [String]
  /// The entry that is shown; past the last one it is the draft.
  private(set) var index: Int
  private let draft: String

  /// - Parameters:
  ///   - index: the entry that is shown already.
  ///   - draft: what stood in the line before.
  init(entries: [String], index: Int? = nil, draft: String) {
    self.entries = entries
    self.index = index ?? entries.count
    self.draft = draft
  }

  /// The entry before; `nil` at the first one.
  mutating func previous() -> String? {
    guard index > 0 else { return nil }
    index -= 1
    return entries[index]
  }

  /// The entry after, at last the draft; `nil` if that is shown already.
  mutating func next() -> String? {
    guard index < entries.count else { return nil }
    index += 1
    return index < entries.count ? entries[index] : draft
  }
}
