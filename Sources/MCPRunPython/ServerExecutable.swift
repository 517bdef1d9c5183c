import SystemSupport

/// The server's place when the caller names none.
enum ServerExecutable {
  static let name = "mcp-run-python"

  /// The value of `MCP_RUN_PYTHON`, else the file beside this program, else the name, to be looked for on the
  /// PATH.
  static var path: String {
    if let named = ProcessInfo.processInfo.environment["MCP_RUN_PYTHON"], !named.isEmpty { return named }
    let beside = thisProgram.deletingLastPathComponent().appendingPathComponent(name).path
    return FileManager.default.isExecutableFile(atPath: beside) ? beside : name
  }

  private static var thisProgram: URL {
    #if os(Linux)
      let file = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    #else
      let file = Bundle.main.executablePath
    #endif
    return URL(fileURLWithPath: file ?? CommandLine.arguments[0])
  }
}
