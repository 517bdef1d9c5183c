import ArgumentParser
import PythonSandbox
import RunPythonTool

/// The limits of the code, and the network that it may reach.
struct LimitOptions: ParsableArguments {
  private enum Defaults {
    static let timeout = 60.0
    static let memory = 1024
    static let maxOutput = 1 << 20
    static let maxOutputAtPrompt = 16 << 20
  }

  @Option(
    help: ArgumentHelp(
      "The longest time that a run may take; 0 for any time. Waiting in input() does not count "
        + "(default: \(Int(Defaults.timeout)), with repl any time).", valueName: "seconds"))
  var timeout: Double?

  @Option(
    help: ArgumentHelp(
      "The memory that Python may take; beyond it the code gets a MemoryError.", valueName: "MB"))
  var memory = Defaults.memory

  @Option(
    help: ArgumentHelp(
      "The most that a run may print; the rest is dropped, and the result says so "
        + "(default: \(Defaults.maxOutput), with repl \(Defaults.maxOutputAtPrompt)).", valueName: "bytes"))
  var maxOutput: Int?

  @Option(
    help: ArgumentHelp(
      "The memory of the interpreter's whole process, with the files that the code keeps there; beyond it the process "
        + "is ended (default: \(Limits.overhead) more than --memory).", valueName: "MB"))
  var maxRss: Int?

  @Option(
    help: ArgumentHelp(
      "The places that the code may reach: none, public (the internet, but nothing local), or only some hosts.",
      valueName: "none|public|HOST[:PORT],..."),
    completion: .list(["none", "public"]))
  var network = NetworkAccess.publicOnly

  @Flag(help: "Deny the code any network: the same as --network none.")
  var disableNetworking = false

  @Flag(
    help: "Start Python without the snapshot of its image, which is slower: every package is imported anew.")
  var noSnapshot = false

  func validate() throws {
    guard (0..<1e9).contains(timeout ?? 0) else {
      throw ValidationError("--timeout must be a number of seconds, or 0 for any time.")
    }
    guard Limits.memoryRange.contains(memory) else {
      let range = Limits.memoryRange
      throw ValidationError("--memory must be from \(range.lowerBound) to \(range.upperBound) MB.")
    }
    guard maxOutput ?? 0 >= 0 else { throw ValidationError("--max-output must be a number of bytes.") }
    guard maxRss ?? Int.max >= Self.leastResidentMemory else {
      throw ValidationError(
        "--max-rss must be at least \(Self.leastResidentMemory) MB: Python itself takes about half of that.")
    }
    if disableNetworking, case .allowed(.hosts) = network {
      throw ValidationError("--disable-networking and --network \(network) contradict each other.")
    }
  }

  var interpreterOptions: InterpreterOptions {
    let seconds = timeout ?? Defaults.timeout
    return InterpreterOptions(
      network: disableNetworking ? nil : network.policy,
      limits: Limits(
        timeout: seconds == 0 ? nil : .seconds(seconds), memory: memory,
        output: maxOutput ?? Defaults.maxOutput, residentMemory: maxRss),
      usesSnapshot: !noSnapshot)
  }

  /// The limits with the prompt's defaults: a person there sees what goes on, and has Ctrl-C.
  var atPrompt: LimitOptions {
    var options = self
    options.timeout = timeout ?? 0
    options.maxOutput = maxOutput ?? Defaults.maxOutputAtPrompt
    return options
  }

  /// Writes the same options to another command line; those with their default value are left out.
  func write(to line: inout ServerCommandLine) {
    line.limits = SandboxLimits(
      timeout: timeout == Defaults.timeout ? nil : timeout, memory: memory == Defaults.memory ? nil : memory,
      output: maxOutput == Defaults.maxOutput ? nil : maxOutput, residentMemory: maxRss)
    line.networking = disableNetworking ? .none : network.networking
    line.usesSnapshot = !noSnapshot
  }

  private static let leastResidentMemory = 256
}

extension LimitOptions {
  /// The hosts that code may reach, in a word.
  var networkName: String { disableNetworking ? "none" : "\(network)" }
}

/// The value of `--network`.
enum NetworkAccess: Equatable, ExpressibleByArgument, CustomStringConvertible {
  case none
  case allowed(NetworkPolicy)

  static let publicOnly = allowed(.publicOnly)

  init?(argument: String) {
    if argument == "none" {
      self = .none
    } else if let policy = NetworkPolicy(argument) {
      self = .allowed(policy)
    } else {
      return nil
    }
  }

  var policy: NetworkPolicy? {
    switch self {
    case .none: nil
    case .allowed(let policy): policy
    }
  }

  /// The network as another command line has it.
  var networking: Networking {
    switch self {
    case .none: .none
    // No option gives everything, which is for installing packages.
    case .allowed(.publicOnly), .allowed(.everything): .publicOnly
    case .allowed(.hosts(let hosts)): .hosts(hosts.map(\.description))
    }
  }

  var description: String { networking.argument }

  var defaultValueDescription: String { description }
}
