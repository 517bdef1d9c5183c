/// The frames of a traceback that stand in libraries, where the user's own code is seldom at fault.
enum LibraryFrames {
  /// Neighbouring frames in one library.
  struct Group: Hashable {
    var library: String
    /// The number of frames.
    var count: Int
    /// The traceback's lines.
    var lines: Range<Int>
  }

  static func groups(in lines: [String]) -> [Group] {
    var groups: [Group] = []
    /// The library of the frame that the next lines belong to; nil for code of the user.
    var current: String?
    for (number, line) in lines.enumerated() {
      if line.hasPrefix("  File \"") {
        current = library(ofFrame: line)
        guard let current else { continue }
        if let last = groups.last, last.library == current, last.lines.upperBound == number {
          groups[groups.count - 1].count += 1
        } else {
          groups.append(Group(library: current, count: 1, lines: number..<number))
        }
      } else if !line.hasPrefix("    ") && !line.hasPrefix("  [Previous line repeated") {
        current = nil
      }
      if current != nil {
        groups[groups.count - 1].lines = groups[groups.count - 1].lines.lowerBound..<number + 1
      }
    }
    return groups
  }

  /// The library of a line such as `  File "/lib/python314.zip/json/decoder.py", line 345, in decode`.
  private static func library(ofFrame line: String) -> String? {
    let path = line.dropFirst(8).prefix { $0 != "\"" }
    let parts = path.split(separator: "/")
    // Compiled modules name their source as it lay when they were built.
    if path.hasSuffix(".pyx") || path.hasSuffix(".pxi") { return parts.first.map(String.init) }
    guard path.hasPrefix("/"), let place = parts.indices.first(where: { isLibrary(parts[...$0]) }),
      place + 1 < parts.count
    else { return nil }
    return String(parts[place + 1].prefix { $0 != "." })
  }

  /// True for a folder whose entries are packages and modules: Python's own library, or that of packages.
  private static func isLibrary(_ folder: ArraySlice<Substring>) -> Bool {
    guard let name = folder.last else { return false }
    return folder == ["site"] || name == "site-packages"
      || (name.hasPrefix("python3") && name.hasSuffix(".zip"))
  }
}
