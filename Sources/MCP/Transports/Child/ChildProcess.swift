import Subprocess
import Synchronization
import SystemSupport

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// A running child in a process group of its own, from its start until it has been reaped.
final class ChildProcess: Sendable {
  /// The child's ends of its three standard streams. They are raw descriptors, because Subprocess has another
  /// type for them on Darwin. They are closed here once the child has them.
  struct Streams: Sendable {
    var input: Int32
    var output: Int32
    /// The descriptor for stderr; nil shares this process's.
    var error: Int32?
  }

  private struct State {
    var failure: TransportError?
    var ending: String?
  }

  let ended = Gate(isOpen: false)
  private let launched = Gate(isOpen: false)
  /// The lock guards the state from the task that supervises the child and the callers that ask.
  private let state = Mutex(State())
  /// The lock guards the task from the callers that start and end the child.
  private let supervisor = Mutex<Task<Void, Never>?>(nil)

  /// The child's end, to follow a subject: "exited with status 3"; nil while it runs.
  var ending: String? { state.withLock { $0.ending } }

  /// - Throws: ``TransportError/launchFailed(_:)``.
  func start(_ command: ChildCommand, streams: Streams, gracePeriod: Duration) async throws {
    let task = Task {
      do {
        let status = try await run(command, streams: streams, gracePeriod: gracePeriod)
        end { $0.ending = Self.sentence(status) }
      } catch {
        end { state in
          state.ending = "could not be watched: \(error)"
          state.failure = .launchFailed(command.sentence(for: error))
        }
      }
    }
    supervisor.withLock { $0 = task }
    await Task { await launched.pass() }.value
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  /// Asks the process group to end by SIGTERM, after the grace period by SIGKILL. It returns when the child
  /// has been reaped.
  func terminate() async {
    let task = supervisor.withLock { $0 }
    task?.cancel()
    await task?.value
  }

  private func run(
    _ command: ChildCommand, streams: Streams, gracePeriod: Duration
  ) async throws -> TerminationStatus {
    var options = PlatformOptions()
    // The child has its own process group: Ctrl-C at the terminal is for the client, which then decides about
    // the server.
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: gracePeriod)
    ]
    let configuration = Configuration(
      executable: command.executable, arguments: Arguments(command.arguments),
      environment: command.childEnvironment, workingDirectory: command.workingDirectory.map { .init($0) },
      platformOptions: options)
    let input = FileDescriptorInput.fileDescriptor(
      .init(rawValue: streams.input), closeAfterSpawningProcess: true)
    let output = FileDescriptorOutput.fileDescriptor(
      .init(rawValue: streams.output), closeAfterSpawningProcess: true)
    let error: FileDescriptorOutput =
      if let error = streams.error {
        .fileDescriptor(.init(rawValue: error), closeAfterSpawningProcess: true)
      } else {
        .currentStandardError
      }
    return try await Subprocess.run(configuration, input: input, output: output, error: error) { _ in
      self.launched.open()
    }.terminationStatus
  }

  private func end(_ change: (inout State) -> Void) {
    state.withLock { change(&$0) }
    launched.open()
    ended.open()
  }

  private static func sentence(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "exited with status \(code)"
    case .signaled(let signal): "was ended by signal \(signal)"
    }
  }
}

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
