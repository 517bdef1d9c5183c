public import JSON
internal import MCP

/// The answer to a ``SessionRequest``.
public struct SessionAnswer: Sendable, Hashable {
  public enum Outcome: Sendable, Hashable {
    /// The state was saved.
    case saved(handle: String, name: String?, bytes: Int)
    /// The session is in another state: the one that the call asked for, or that of a file (then empty).
    case restored(String)
    /// There is another session, of this name in calls.
    case forked(session: String)
  }

  public var outcome: Outcome
  /// The place where the session stands now; after ``Outcome/forked(session:)`` that of the fork.
  public var standing: Standing

  public init(_ outcome: Outcome, _ standing: Standing) {
    self.outcome = outcome
    self.standing = standing
  }

  /// The result for programs, by the tool's output schema.
  public var structuredContent: JSON {
    var members = standing.members
    switch outcome {
    case .saved(let handle, let name, let bytes):
      members[Member.checkpoint] = .string(handle)
      members[Member.name] = name.map(JSON.string) ?? .null
      members[Member.bytes] = .integer(bytes)
    case .restored(let state): members[Member.checkpoint] = .string(state)
    case .forked(let session): members[Member.session] = .string(session)
    }
    return .object(members)
  }

  /// The result for people.
  public var text: String {
    switch outcome {
    case .saved(let handle, _, _): "Saved \(standing.place) as checkpoint \(handle)."
    case .restored:
      "Restored: all variables and files are as they were \(standing.place).\(standing.outsideSentence)"
    case .forked(let session): "Forked \(standing.place) as session \(session)."
    }
  }

  /// Reads a result; nil when it does not tell where the session stands, or which session is new.
  ///
  /// - Parameter request: The request that it answers.
  public init?(_ structuredContent: JSON, to request: SessionRequest) {
    guard let standing = Standing(structuredContent) else { return nil }
    let state = structuredContent[Member.checkpoint]?.stringValue ?? ""
    switch request {
    case .checkpoint(let name, _):
      let bytes = structuredContent[Member.bytes]?.intValue ?? 0
      self.init(.saved(handle: state, name: name, bytes: bytes), standing)
    case .restore, .resume:
      self.init(.restored(state), standing)
    case .fork:
      guard let session = structuredContent[Member.session]?.stringValue else { return nil }
      self.init(.forked(session: session), standing)
    }
  }
}

/// The place of a session, and the states that it can go back to.
public struct Standing: Sendable, Hashable {
  /// A checkpoint that was asked for.
  public struct Checkpoint: Sendable, Hashable {
    /// The checkpoint's name in calls: it is unguessable, and useful to its own session only.
    public var handle: String
    /// The client's name for it.
    public var name: String?
    public var bytes: Int
    /// The number of runs that the state comes from.
    public var runs: Int
    /// The last line of the code of the last of them.
    public var lastLine: String
    /// The time when it was made, as ISO 8601 writes it.
    public var created: String

    public init(handle: String, name: String?, bytes: Int, runs: Int, lastLine: String, created: String) {
      self.handle = handle
      self.name = name
      self.bytes = bytes
      self.runs = runs
      self.lastLine = lastLine
      self.created = created
    }
  }

  /// The number of runs that the state comes from.
  public var runs: Int
  /// The last line of the code of the last of them.
  public var lastLine: String
  /// The checkpoints that were asked for, the oldest first.
  public var checkpoints: [Checkpoint]
  /// The numbers of last runs that can be undone, the fewest first.
  public var undoable: [Int]
  /// The number of runs that were taken back and had written to files of the server's machine, which stay.
  public var keptOutside: Int

  public init(
    runs: Int, lastLine: String, checkpoints: [Checkpoint], undoable: [Int], keptOutside: Int = 0
  ) {
    self.runs = runs
    self.lastLine = lastLine
    self.checkpoints = checkpoints
    self.undoable = undoable
    self.keptOutside = keptOutside
  }

  /// The sentence on what a rewind has not taken back; empty for nothing.
  public var outsideSentence: String {
    switch keptOutside {
    case 0: ""
    case 1: " What the run wrote to files of this machine stays."
    default: " What \(keptOutside) of the runs wrote to files of this machine stays."
    }
  }

  /// The place of the state, in words.
  var place: String { runs == 0 ? "at the beginning" : "after run \(runs)" }
}

extension Standing {
  var members: JSONObject {
    var members: JSONObject = [
      Member.runs: .integer(runs), Member.lastLine: .string(lastLine),
      Member.checkpoints: .array(checkpoints.map { .object($0.members) }),
      Member.undoable: .array(undoable.map(JSON.integer)),
    ]
    if keptOutside > 0 { members[Member.keptOutside] = .integer(keptOutside) }
    return members
  }

  fileprivate init?(_ json: JSON) {
    guard let runs = json[Member.runs]?.intValue else { return nil }
    self.init(
      runs: runs, lastLine: json[Member.lastLine]?.stringValue ?? "",
      checkpoints: json[Member.checkpoints]?.arrayValue?.compactMap(Checkpoint.init) ?? [],
      undoable: json[Member.undoable]?.arrayValue?.compactMap(\.intValue) ?? [],
      keptOutside: json[Member.keptOutside]?.intValue ?? 0)
  }
}

extension Standing.Checkpoint {
  fileprivate var members: JSONObject {
    [
      Member.checkpoint: .string(handle), Member.name: name.map(JSON.string) ?? .null,
      Member.bytes: .integer(bytes), Member.runs: .integer(runs), Member.lastLine: .string(lastLine),
      Member.created: .string(created),
    ]
  }

  fileprivate init?(_ json: JSON) {
    guard let handle = json[Member.checkpoint]?.stringValue else { return nil }
    self.init(
      handle: handle, name: json[Member.name]?.stringValue, bytes: json[Member.bytes]?.intValue ?? 0,
      runs: json[Member.runs]?.intValue ?? 0, lastLine: json[Member.lastLine]?.stringValue ?? "",
      created: json[Member.created]?.stringValue ?? "")
  }
}
