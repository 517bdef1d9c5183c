import Foundation

/// What `/proc` tells of processes.
enum Processes {
  static func isThere(_ process: Int32) -> Bool {
    guard let status = text("/proc/\(process)/stat") else { return false }
    // A zombie has ended; it only waits for its parent to ask.
    return status.split(separator: ")").last.map { !$0.hasPrefix(" Z") } ?? false
  }

  static func children(of process: Int32) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter { candidate in
      guard let fields = text("/proc/\(candidate)/stat")?.split(separator: ")").last?.split(separator: " ")
      else {
        return false
      }
      return fields.count > 1 && fields[1] == String(process) && isThere(candidate)
    }
  }

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
