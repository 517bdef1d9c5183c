public import MCP

/// The requests to the server with which the prompt goes back in time.
public enum SessionRequest: Sendable, Hashable {
  /// - Parameter file: the file to write it to as well.
  case checkpoint(name: String, file: String?)
  /// - Parameters:
  ///   - target: a checkpoint's handle, or `-N`.
  ///   - reseeds: true when random numbers are to differ from those after that state.
  case restore(_ target: String, reseeds: Bool = false)
  /// Goes on from a file.
  case resume(file: String, reseeds: Bool = false)
  case fork(reseeds: Bool = false)

  /// The word in the status line while it is done.
  var doing: String {
    switch self {
    case .checkpoint: "saving"
    case .restore: "rewinding"
    case .resume: "resuming"
    case .fork: "forking"
    }
  }
}

/// The server's answer: the place where the session stands then, or its fork.
public struct SessionAnswer: Sendable, Hashable {
  /// The number of runs that the state comes from.
  public var runs: Int
  /// The handle of the checkpoint that was made.
  public var checkpoint: String?
  /// The size of that checkpoint, in bytes.
  public var bytes: Int?
  /// The handles of all checkpoints of the session.
  public var checkpoints: Set<String>
  /// The fork's handle in calls.
  public var session: String?
  /// The handle of the session that was asked; nil where it needs none.
  public var askedSession: String?

  public init(
    runs: Int, checkpoint: String? = nil, bytes: Int? = nil, checkpoints: Set<String> = [],
    session: String? = nil, askedSession: String? = nil
  ) {
    self.runs = runs
    self.checkpoint = checkpoint
    self.bytes = bytes
    self.checkpoints = checkpoints
    self.session = session
    self.askedSession = askedSession
  }

  /// - Parameter json: the structured result of `checkpoint`, `restore` or `fork`; nil when it is none.
  public init?(_ json: JSON, askedSession: String?) {
    guard let runs = json["runs"]?.intValue else { return nil }
    let handles = json["checkpoints"]?.arrayValue?.compactMap { $0["checkpoint"]?.stringValue } ?? []
    self.init(
      runs: runs, checkpoint: json["checkpoint"]?.stringValue, bytes: json["bytes"]?.intValue,
      checkpoints: Set(handles), session: json["session"]?.stringValue, askedSession: askedSession)
  }
}
