/// What code may use. nil is the server's own default.
public struct SandboxLimits: Sendable, Hashable {
  /// How long a run may take, in seconds; 0 for any time. By default 60.
  public var timeout: Double?
  /// Python's memory, in MB, from 64 to 4096; more is a `MemoryError`. By default 1024.
  public var memory: Int?
  /// What a run may print, in bytes; more is dropped. By default 1 MiB.
  public var output: Int?
  /// What the interpreter's process may have in memory, in MB, at least 256. By default 1024 more than `memory`.
  public var residentMemory: Int?

  /// Limits; what is left out is the server's own default.
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

/// What code may reach.
public enum Networking: Sendable, Hashable {
  /// Nothing.
  case none
  /// The internet, but nothing of this machine and its local networks.
  case publicOnly
  /// Only these: `HOST` or `HOST:PORT`.
  case hosts([String])

  var argument: String {
    switch self {
    case .none: "none"
    case .publicOnly: "public"
    case .hosts(let hosts): hosts.joined(separator: ",")
    }
  }
}

/// What an evaluation leaves for the next one.
public enum SandboxState: String, Sendable, Hashable {
  /// Nothing but the files below `/work`, the current folder.
  case reset
  /// Its variables.
  case keep
  /// Nothing, and each one has a new interpreter.
  case fresh
}
