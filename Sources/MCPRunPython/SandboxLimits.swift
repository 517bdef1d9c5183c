/// The limits of code. A nil value stands for the server's own default.
public struct SandboxLimits: Sendable, Hashable {
  /// The time that a run may take, in seconds; 0 for any time. The default is 60.
  public var timeout: Double?
  /// Python's memory, in MB, from 64 to 4096; more is a `MemoryError`. The default is 1024.
  public var memory: Int?
  /// The output of a run, in bytes; more is dropped. The default is 1 MiB.
  public var output: Int?
  /// The memory of the interpreter's process, in MB, at least 256. The default is 1024 more than `memory`.
  public var residentMemory: Int?

  /// Makes limits; a nil value stands for the server's own default.
  public init(timeout: Double? = nil, memory: Int? = nil, output: Int? = nil, residentMemory: Int? = nil) {
    self.timeout = timeout
    self.memory = memory
    self.output = output
    self.residentMemory = residentMemory
  }

  var arguments: [String] {
    let options: [(String, String?)] = [
      ("--timeout", timeout.map { "\($0)" }), ("--memory", memory.map(String.init)),
      ("--max-output", output.map(String.init)), ("--max-rss", residentMemory.map(String.init)),
    ]
    return options.flatMap { name, value in value.map { [name, $0] } ?? [] }
  }
}

/// The hosts that code may reach.
public enum Networking: Sendable, Hashable {
  /// The code reaches nothing.
  case none
  /// The code reaches the internet, but nothing of this machine and its local networks.
  case publicOnly
  /// The code reaches only these: `HOST` or `HOST:PORT`.
  case hosts([String])

  var argument: String {
    switch self {
    case .none: "none"
    case .publicOnly: "public"
    case .hosts(let hosts): hosts.joined(separator: ",")
    }
  }
}

/// The state that an evaluation leaves for the next one.
public enum SandboxState: String, Sendable, Hashable {
  /// Nothing stays but the files below `/work`, the current folder.
  case reset
  /// The variables stay.
  case keep
  /// Nothing stays, and each evaluation has a new interpreter.
  case fresh
}
