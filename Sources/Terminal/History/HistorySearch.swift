import CTerminal
import TerminalText

/// A search through the history that follows each key: Ctrl-R goes back, Ctrl-S forth, Backspace undoes, Ctrl-G gives up.
struct IncrementalSearch {
  enum Outcome {
    case goOn
    /// The found text becomes the block.
    case end
    /// The found text becomes the block, and the key goes to the editor.
    case endAndPress
    /// The block becomes what it was before the search.
    case abort
  }

  private struct Step {
    var pattern = ""
    var isBackward = true
    /// The shown entry.
    var found: Int?
    var hasFailed = false
  }

  let entries: [String]
  let original: String
  private let originalCursor: Int
  private var step = Step()
  private var before: [Step] = []

  init(entries: [String], original: String, cursor: Int) {
    self.entries = entries
    self.original = original
    originalCursor = cursor
  }

  /// The shown entry; `nil` while nothing was found.
  var found: Int? { step.found }

  var text: String { step.found.map { entries[$0] } ?? original }

  /// The pattern's place in the text, in scalars.
  var cursor: Int {
    guard let found = step.found else { return originalCursor }
    let entry = entries[found]
    guard let offset = Self.offset(of: step.pattern, in: entry) else { return entry.unicodeScalars.count }
    return String(decoding: entry.utf8.prefix(offset), as: UTF8.self).unicodeScalars.count
  }

  var prompt: String {
    let direction = step.isBackward ? "back" : "forward"
    return "(search \(direction)\(step.hasFailed ? ", nothing more" : "")) '\(step.pattern)'"
  }

  mutating func press(_ key: Key) -> Outcome {
    switch key {
    case .character(let character):
      var next = step
      next.pattern.append(character)
      advance(next, includingCurrent: true)
    case .control("r"): repeatSearch(isBackward: true)
    case .control("s"): repeatSearch(isBackward: false)
    case .named(.backspace), .control("h"):
      if let last = before.popLast() { step = last }
    case .control("g"), .control("c"): return .abort
    case .named(.escape), .named(.enter), .control("j"), .control("m"): return .end
    case .control, .alt, .named, .altNamed, .controlNamed, .shiftNamed, .paste, .mouse: return .endAndPress
    }
    return .goOn
  }

  private mutating func repeatSearch(isBackward: Bool) {
    var next = step
    next.isBackward = isBackward
    if next.pattern.isEmpty {
      step = next
    } else {
      advance(next, includingCurrent: false)
    }
  }

  private mutating func advance(_ next: Step, includingCurrent: Bool) {
    var next = next
    before.append(step)
    if let index = search(next, includingCurrent: includingCurrent) {
      next.found = index
      next.hasFailed = false
    } else {
      next.hasFailed = true
    }
    step = next
  }

  private func search(_ step: Step, includingCurrent: Bool) -> Int? {
    let shown = text
    func matches(_ index: Int) -> Bool {
      if !includingCurrent, entries[index] == shown { return false }
      return Self.offset(of: step.pattern, in: entries[index]) != nil
    }
    if step.isBackward {
      let end = step.found.map { includingCurrent ? $0 + 1 : $0 } ?? entries.count
      return entries.indices[..<end].last(where: matches)
    }
    let start = step.found.map { includingCurrent ? $0 : $0 + 1 } ?? 0
    return entries.indices[start...].first(where: matches)
  }

  /// The pattern's place in the text, in bytes.
  private static func offset(of pattern: String, in text: String) -> Int? {
    var pattern = pattern
    var text = text
    return pattern.withUTF8 { pattern in
      text.withUTF8 { text in
        guard let patternStart = pattern.baseAddress, let textStart = text.baseAddress,
          case let offset = ct_find(textStart, text.count, patternStart, pattern.count), offset >= 0
        else { return nil }
        return offset
      }
    }
  }
}

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
