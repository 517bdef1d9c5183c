import Foundation

/// Resident memory of the processes that this one has started, and of theirs: the server and its interpreters.
enum ProcessMemory {
  /// Bytes; nil where the system does not tell.
  static func ofDescendants() -> Int? {
    #if os(Linux)
      let own = ProcessInfo.processInfo.processIdentifier
      var children: [Int32: [Int32]] = [:]
      for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
        guard let process = Int32(name), let parent = parent(of: process) else { continue }
        children[parent, default: []].append(process)
      }
      var pending = children[own] ?? []
      var pages = 0
      while let process = pending.popLast() {
        pages += residentPages(of: process)
        pending += children[process] ?? []
      }
      return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    #else
      return nil
    #endif
  }

  #if os(Linux)
    private static func fields(_ path: String) -> [Substring] {
      let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
      // The program's name in /proc/PID/stat may hold anything; what follows it does not.
      let rest = text.lastIndex(of: ")").map { text[text.index(after: $0)...] } ?? text[...]
      return rest.split(separator: " ")
    }

    private static func parent(of process: Int32) -> Int32? {
      let fields = fields("/proc/\(process)/stat")
      return fields.count > 1 ? Int32(fields[1]) : nil
    }

    private static func residentPages(of process: Int32) -> Int {
      let fields = fields("/proc/\(process)/statm")
      return fields.count > 1 ? Int(fields[1]) ?? 0 : 0
    }
  #endif
}
