import Foundation

/// Where the server is when nobody says so.
enum ServerExecutable {
  static let name = "mcp-run-python"

  /// What `MCP_RUN_PYTHON` says, else beside this program, else the name, to be looked for on the PATH.
  static var path: String {
    if let named = ProcessInfo.processInfo.environment["MCP_RUN_PYTHON"], !named.isEmpty { return named }
    let folders = [Bundle.main.executableURL?.deletingLastPathComponent(), Bundle.main.bundleURL]
    let beside = folders.compactMap { $0?.appendingPathComponent(name).path }
    return beside.first { FileManager.default.isExecutableFile(atPath: $0) } ?? name
  }
}
