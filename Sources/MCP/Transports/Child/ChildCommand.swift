import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// The program to start as a child, and its surroundings.
struct ChildCommand: Sendable {
  var command: String
  var arguments: [String]
  var environment: [String: String]?
  var workingDirectory: String?

  /// The child's program. A name without a slash is looked for on the PATH of the child's environment.
  var executable: Executable { command.contains("/") ? .path(.init(command)) : .name(command) }

  var childEnvironment: Environment {
    guard let environment else { return .inherit }
    var variables: [Environment.Key: String] = [:]
    for (name, value) in environment {
      if let key = Environment.Key(rawValue: name) { variables[key] = value }
    }
    return .custom(variables)
  }

  /// Words the failure to start the child for the user.
  func sentence(for error: any Error) -> String {
    switch (error as? SubprocessError)?.code {
    case .executableNotFound?:
      command.contains("/")
        ? "The command \"\(command)\" does not exist or may not be executed."
        : "The command \"\(command)\" was not found on the PATH."
    case .failedToChangeWorkingDirectory?:
      "The command \"\(command)\" was not started: the folder \"\(workingDirectory ?? "")\" cannot be entered."
    default:
      "The command \"\(command)\" could not be started: \(error)"
    }
  }
}
