public import MCP

/// What a server has to be asked for, to go back in time.
public enum SessionRequest: Sendable, Hashable {
  /// - Parameter file: also write it there.
  case checkpoint(name: String, file: String?)
  /// - Parameters:
  ///   - target: a checkpoint's handle, or `-N`.
  ///   - reseeds: random numbers are to be others than they were after that state.
  case restore(_ target: String, reseeds: Bool = false)
  /// Goes on from a file.
  case resume(file: String, reseeds: Bool = false)
  case fork(reseeds: Bool = false)

  /// For the status line, while it is done.
  var doing: String {
    switch self {
    case .checkpoint: "saving"
    case .restore: "rewinding"
    case .resume: "resuming"
    case .fork: "forking"
    }
  }
}

/// What the server said: where the session stands then, or its fork.
public struct SessionAnswer: Sendable, Hashable {
  /// How many runs the state comes from.
  public var runs: Int
  /// The handle of the checkpoint that was made.
  public var checkpoint: String?
  /// What that takes.
  public var bytes: Int?
  /// The handles of all that the session has.
  public var checkpoints: Set<String>
  /// What names the fork in calls.
  public var session: String?
  /// What names the session that was asked; nil where it needs no name.
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
