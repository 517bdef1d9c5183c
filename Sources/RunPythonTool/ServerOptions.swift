/// The way in which a client reaches the server.
public enum ServerTransport: String, Sendable, Hashable, CaseIterable {
  /// The server is a child process, reached over its standard input and output.
  case stdio
  /// The server is reached over HTTP, with a session for each client that asks for one.
  case streamableHTTP = "streamable-http"
  /// The server is reached over HTTP, and each call stands alone.
  case streamableHTTPStateless = "streamable-http-stateless"
}

/// The state that a run leaves for the next one of its session.
public enum SandboxState: String, Sendable, Hashable, CaseIterable {
  /// Nothing stays but the files below `/work`, the current folder.
  case reset
  /// The variables stay.
  case keep
  /// Nothing stays, and each run has a new interpreter.
  case fresh
}

/// The form of the tool's text result.
public enum TextForm: String, Sendable, Hashable, CaseIterable {
  /// The text has `<status>…</status>`, `<output>…</output>` and so on, as the original writes them.
  case xml
  /// The text is one JSON object with the same parts.
  case json
}

/// The hosts that code may reach.
public enum Networking: Sendable, Hashable {
  /// The code reaches nothing.
  case none
  /// The code reaches the internet, but nothing of this machine and its local networks.
  case publicOnly
  /// The code reaches only these: `HOST` or `HOST:PORT`.
  case hosts([String])

  /// The word for a command line.
  package var argument: String {
    switch self {
    case .none: "none"
    case .publicOnly: "public"
    case .hosts(let hosts): hosts.joined(separator: ",")
    }
  }
}

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
}

/// The form of a server's results. A nil value stands for the server's own default.
public struct ResultOptions: Sendable, Hashable {
  /// The parts of a result. Some clients hand both to the model.
  public enum Structure: String, Sendable, Hashable, CaseIterable {
    /// The text, and the same as structured content.
    case both
    /// The text only, and no schema of a structure.
    case text
    /// The structured content, and its status as text.
    case only
  }

  /// The rule for `isError` in the result of code that raised. The original never set it.
  public enum ErrorFlag: String, Sendable, Hashable, CaseIterable {
    /// It is set for clients of 2026-07-28 only.
    case auto
    /// It is never set.
    case result
    /// It is always set.
    case flag
  }

  /// The parts of a result; by default ``Structure/both``.
  public var structured: Structure?
  /// The rule for `isError` when code raised; by default ``ErrorFlag/result``.
  public var toolErrors: ErrorFlag?
  /// The time that `input()` may wait for the client's answer, in seconds; 0 for any time. The default is
  /// 120.
  public var inputTimeout: Double?

  package static let defaultInputTimeout = 120.0

  /// The time that `input()` may wait; nil for any time.
  package var longestQuestion: Duration? {
    let seconds = inputTimeout ?? Self.defaultInputTimeout
    return seconds == 0 ? nil : .seconds(seconds)
  }

  /// Makes options; a nil value stands for the server's own default.
  public init(structured: Structure? = nil, toolErrors: ErrorFlag? = nil, inputTimeout: Double? = nil) {
    self.structured = structured
    self.toolErrors = toolErrors
    self.inputTimeout = inputTimeout
  }
}
