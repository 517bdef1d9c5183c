internal import RunPythonTool
internal import Subprocess
internal import SystemPackage
import SystemSupport

/// Runs `mcp-run-python install` in a child process.
struct Installation {
  let executable: String
  let dependencies: [String]

  /// - Throws: `CodeSandboxError` with the last line that it wrote.
  func run(onLine: @escaping @Sendable (String) -> Void) async throws {
    let command: Executable = executable.contains("/") ? .path(FilePath(executable)) : .name(executable)
    let arguments = ServerCommandLine.installing(dependencies)
    do {
      let result = try await Subprocess.run(
        command, arguments: Arguments(arguments), input: .none, output: .sequence, error: .combinedWithOutput
      ) { execution in
        var last: [String] = []
        for try await line in execution.standardOutput.strings(bufferingPolicy: .unbounded) {
          last = last.suffix(4) + [line]
          onLine(line)
        }
        return last
      }
      guard result.terminationStatus.isSuccess else {
        throw CodeSandboxError(result.closureResult.joined(separator: "\n"))
      }
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw CodeSandboxError(
        "The server '\(executable)' was not found. Put it on the PATH, or say where it is with MCP_RUN_PYTHON."
      )
    }
  }
}

/// The server's place when the caller names none.
enum ServerExecutable {

  /// The value of `MCP_RUN_PYTHON`, else the file beside this program, else the name, to be looked for on the
  /// PATH.
  static var path: String {
    if let named = ProcessInfo.processInfo.environment["MCP_RUN_PYTHON"], !named.isEmpty { return named }
    let beside = thisProgram.deletingLastPathComponent().appendingPathComponent(Product.name).path
    return FileManager.default.isExecutableFile(atPath: beside) ? beside : Product.name
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
