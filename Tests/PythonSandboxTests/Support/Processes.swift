import Foundation

/// The facts that `/proc` tells of processes.
enum Processes {
  static func isThere(_ process: Int32) -> Bool {
    guard let status = text("/proc/\(process)/stat") else { return false }
    // A zombie has ended; it only waits for its parent to ask.
    return status.split(separator: ")").last.map { !$0.hasPrefix(" Z") } ?? false
  }

  /// The interpreters of this process; other tests of it have children of other kinds at the same time.
  static func interpreters() -> Set<Int32> {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return Set(
      names.compactMap { Int32($0) }.filter { candidate in
        guard let fields = text("/proc/\(candidate)/stat")?.split(separator: ")").last?.split(separator: " ")
        else {
          return false
        }
        return fields.count > 1 && fields[1] == String(getpid()) && isThere(candidate)
          && commandLine(of: candidate).contains("/warden.js")
      })
  }

  /// Its words with a null after each; empty if there is none.
  static func commandLine(of process: Int32) -> String { text("/proc/\(process)/cmdline") ?? "" }

  static func wait(until condition: () -> Bool, atMost seconds: Double = 5) async throws -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while !condition() {
      if Date() > end { return false }
      try await Task.sleep(for: .milliseconds(20))
    }
    return true
  }

  private static func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
