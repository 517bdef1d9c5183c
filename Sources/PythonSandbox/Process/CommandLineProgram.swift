internal import Subprocess
internal import SystemPackage

/// A program that runs to its end while its lines are read.
struct CommandLineProgram: Sendable {
  let executable: Executable
  let arguments: Arguments
  let environment: [String: String]
  /// The current folder of the program; nil for that of this process.
  let folder: FilePath?

  init(
    executable: Executable, arguments: Arguments, environment: [String: String], folder: FilePath? = nil
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.folder = folder
  }

  init(executable: Executable, arguments: [String], environment: [String: String]) {
    self.init(executable: executable, arguments: Arguments(arguments), environment: environment)
  }

  init(_ path: FilePath, _ arguments: [String], environment: [String: String]) {
    self.init(executable: .path(path), arguments: arguments, environment: environment)
  }

  struct NotFound: Error {
    let name: String
  }

  /// Runs the program and gives its success and all lines of its stdout and stderr. Cancelling the task ends it.
  ///
  /// - Throws: ``NotFound`` when there is no such program.
  func run(onLine: @escaping @Sendable (String) -> Void) async throws -> (success: Bool, lines: [String]) {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
    ]
    do {
      let result = try await Subprocess.run(
        executable, arguments: arguments, environment: .custom(keyed(environment)),
        workingDirectory: folder, platformOptions: options, input: .none, output: .sequence,
        error: .combinedWithOutput
      ) { execution in
        var lines: [String] = []
        for try await line in execution.standardOutput.strings(bufferingPolicy: .unbounded) {
          let text = line.last == "\r" ? String(line.dropLast()) : line
          lines.append(text)
          onLine(text)
        }
        return lines
      }
      return (result.terminationStatus.isSuccess, result.closureResult)
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw NotFound(name: executable.description)
    }
  }
}

func keyed(_ environment: [String: String]) -> [Environment.Key: String] {
  var keyed: [Environment.Key: String] = [:]
  for (name, value) in environment { keyed[Environment.Key(stringLiteral: name)] = value }
  return keyed
}
