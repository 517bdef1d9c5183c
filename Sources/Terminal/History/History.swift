import Synchronization
public import SystemPackage

/// The blocks that were run, oldest first, kept in a file that several programs may share.
///
/// Each block is appended to the file at once. The file is readable by its owner only. When it cannot be used, the history
/// lives in memory and ``notice`` tells the user why.
public final class History: Sendable {
  /// The number of entries that are kept. The file may hold a fifth more before it is rewritten.
  public let limit: Int
  /// A sentence for the user when something is wrong with the file.
  public let notice: String?

  private struct State {
    var entries: [String]
    /// The number of entries that were ever added; the last of them are in `entries`.
    var total: Int
    var recordsInFile: Int
  }

  private let file: HistoryFile?
  /// The lock guards the entries from the editor's thread and the tasks that add blocks.
  private let state: Mutex<State>

  /// - Parameters:
  ///   - path: the file, which is made with its folders if it is missing; `nil` for a history in memory.
  ///   - limit: the number of entries that are kept, at least 1.
  public init(path: FilePath?, limit: Int = 10_000) {
    self.limit = max(limit, 1)
    let opening = path.map { HistoryFile.open($0) }
    file = opening?.file
    notice = opening?.notice
    let records = opening?.entries ?? []
    let entries = Array(records.suffix(self.limit))
    state = Mutex(State(entries: entries, total: entries.count, recordsInFile: records.count))
  }

  public var entries: [String] { state.withLock { $0.entries } }

  /// Adds a block, unless it is blank or the same as the last one.
  ///
  /// - Throws: ``HistoryError`` when the file could not be written; the block is in ``entries`` all the same.
  public func append(_ block: String) throws(HistoryError) {
    guard block.contains(where: { !$0.isWhitespace }) else { return }
    let records = state.withLock { state -> Int? in
      if state.entries.last == block { return nil }
      state.entries.append(block)
      state.entries.removeFirst(max(0, state.entries.count - limit))
      state.total += 1
      state.recordsInFile += 1
      return state.recordsInFile
    }
    guard let records, let file else { return }
    do {
      try file.append(HistoryRecord.encode(block))
      if records > limit + limit / 5 {
        let kept = try file.shorten(to: limit)
        state.withLock { $0.recordsInFile = kept }
      }
    } catch {
      throw HistoryError(path: file.path, cause: error)
    }
  }

  /// The entries after the first `known` ones, as far as they are kept, and the number that were ever added.
  func added(since known: Int) -> (entries: [String], total: Int) {
    state.withLock { ($0.entries.suffix($0.total - known), $0.total) }
  }
}

/// A block could not be written to the history file.
public struct HistoryError: Error, Sendable, CustomStringConvertible {
  public var path: FilePath
  public var cause: any Error

  public var description: String {
    "The history could not be written to \(path) (\(cause)); it is kept for this session only."
  }
}
