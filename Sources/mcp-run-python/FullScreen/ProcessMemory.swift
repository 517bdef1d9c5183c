import PythonSandbox
import SystemSupport

/// The resident memory of the server and its interpreters: the processes that this one has started, and
/// theirs.
enum ProcessMemory {
  /// The memory in bytes; nil where the system does not tell.
  static func ofDescendants() -> Int? {
    #if os(Linux)
      let own = ProcessInfo.processInfo.processIdentifier
      var children: [Int32: [Int32]] = [:]
      for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
        guard let process = Int32(name), let parent = parent(of: process) else { continue }
        children[parent, default: []].append(process)
      }
      var pending = children[own] ?? []
      var bytes = 0
      while let process = pending.popLast() {
        bytes += ResidentMemory.bytes(of: process) ?? 0
        pending += children[process] ?? []
      }
      return bytes
    #else
      return nil
    #endif
  }

  #if os(Linux)
    private static func parent(of process: Int32) -> Int32? {
      guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat"),
        // The program's name may hold anything, but the text after its bracket cannot.
        let bracket = data.lastIndex(of: UInt8(ascii: ")"))
      else { return nil }
      let fields = data[bracket...].split(separator: UInt8(ascii: " "), maxSplits: 3)
      return fields.count > 2 ? Int32(String(decoding: fields[2], as: UTF8.self)) : nil
    }
  #endif
}
