import ReplShell
import SystemPackage
import SystemSupport

/// A client's settings on the disk. They are changed as a whole, and the former ones are kept beside.
struct SettingsFile {
  /// The path that the client opens.
  let path: FilePath
  /// The text; nil when there is no file.
  let former: String?
  /// The file that is written: settings are often links into a folder of the user's.
  private let target: FilePath

  /// The end of the name of the file with the settings as they were before this product changed them first.
  static let backupEnding = ".before-mcp-run-python"

  /// - Throws: `CommandFailure`
  init(_ path: FilePath) throws {
    self.path = path
    let resolved = URL(fileURLWithPath: path.string).resolvingSymlinksInPath().path
    target = FilePath(resolved)
    guard FileManager.default.fileExists(atPath: resolved) else {
      former = nil
      return
    }
    guard let data = FileManager.default.contents(atPath: resolved),
      let text = String(validating: data, as: UTF8.self)
    else { throw CommandFailure("The settings in \(path) cannot be read.") }
    former = text
  }

  /// Writes the settings, whole or not at all, with the former ones in a file beside.
  ///
  /// - Returns: The path of the file with the settings as they were at first; nil when there were none.
  /// - Throws: `CommandFailure`
  func write(_ text: String) throws -> FilePath? {
    let files = FileManager.default
    let backup = FilePath(target.string + Self.backupEnding)
    do {
      let folder = target.removingLastComponent().string
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
      // The first one is the user's own, and a later one would have our server in it.
      if former != nil, !files.fileExists(atPath: backup.string) {
        try files.copyItem(atPath: target.string, toPath: backup.string)
      }
      let mode = former == nil ? nil : try files.attributesOfItem(atPath: target.string)[.posixPermissions]
      try Data(text.utf8).write(to: URL(fileURLWithPath: target.string), options: .atomic)
      if let mode { try files.setAttributes([.posixPermissions: mode], ofItemAtPath: target.string) }
    } catch {
      throw CommandFailure("The settings in \(path) cannot be written.")
    }
    return files.fileExists(atPath: backup.string) ? backup : nil
  }

  /// The lines that differ, in the unified form, with three lines around them.
  func difference(to text: String) -> String {
    func lines(_ text: String) -> [String] {
      var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
      let last = lines.removeLast()
      if !last.isEmpty { lines.append(last + "\n\\ No newline at end of file") }
      return lines
    }
    let (before, after) = (lines(former ?? ""), lines(text))
    let head = zip(before, after).prefix { $0 == $1 }.count
    let limit = min(before.count, after.count) - head
    let tail = zip(before.reversed(), after.reversed()).prefix { $0 == $1 }.count
    let same = min(tail, limit)
    let start = max(0, head - 3)
    let (beforeEnd, afterEnd) = (before.count - same, after.count - same)
    let more = min(3, same)
    var shown = ["--- \(path)", "+++ \(path)"]
    shown.append(
      "@@ -\(start + 1),\(beforeEnd + more - start) +\(start + 1),\(afterEnd + more - start) @@")
    shown += before[start..<head].map { " " + $0 }
    shown += before[head..<beforeEnd].map { "-" + $0 }
    shown += after[head..<afterEnd].map { "+" + $0 }
    shown += before[beforeEnd..<beforeEnd + more].map { " " + $0 }
    return shown.joined(separator: "\n")
  }
}
