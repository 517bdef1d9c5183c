import SystemSupport

/// The path of this program, to start it again as a server.
enum OwnExecutable {
  static func path() throws -> String {
    #if os(Linux)
      try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    #else
      Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
  }
}
