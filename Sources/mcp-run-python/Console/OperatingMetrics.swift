import Metrics
import PythonSandbox
import SystemSupport

/// The figures that an HTTP server tells its operators.
enum OperatingMetrics {
  /// The meaning of each metric, by name.
  static let help = [
    "mcp_sessions": "Sessions of clients that began with initialize",
    "mcp_sessions_total": "Sessions that were opened since the start",
    "mcp_run_python_sessions": "Clients and calls that have Python to themselves",
    "mcp_run_python_runs_total": "Runs of code by status",
    "mcp_run_python_run_seconds": "Time from a call of the tool to its result",
    "mcp_run_python_queue_seconds": "Time that a run waited for earlier ones of its session",
    "mcp_run_python_checkpoint_seconds": "Time that it took to save a session's state",
    "mcp_run_python_checkpoint_bytes": "Bytes that the saved states of all sessions take",
    "mcp_run_python_pool_ready": "Interpreters that are ready for a new client",
    "mcp_run_python_pool_hits_total": "Interpreters that were ready when they were wanted",
    "mcp_run_python_pool_misses_total": "Interpreters that had to be waited for",
    "mcp_run_python_pool_wait_seconds": "Time that was waited for an interpreter",
    memory: "Resident memory of all interpreters",
  ]

  private static let memory = "mcp_run_python_interpreter_memory_bytes"

  static func measureMemory() {
    Gauge(label: memory).record(ProcessMemory.ofDescendants() ?? 0)
  }
}

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
