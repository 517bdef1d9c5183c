public import JSON
public import MCP

/// A state of a session that it was in before.
public enum EarlierState: Sendable, Hashable {
  /// A checkpoint that was asked for, by its handle.
  case checkpoint(String)
  /// The state before so many of the last runs, at least 1.
  case undo(runs: Int)

  /// - Parameter text: A checkpoint's handle, or `-N`.
  public init(_ text: String) {
    if text.hasPrefix("-"), let count = Int(text.dropFirst()), count > 0 {
      self = .undo(runs: count)
    } else {
      self = .checkpoint(text)
    }
  }

  /// The state as calls name it.
  public var text: String {
    switch self {
    case .checkpoint(let handle): handle
    case .undo(let runs): "-\(runs)"
    }
  }
}

extension EarlierState: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self.init(text) }
}

/// A call of one of the tools that save states and go back to them.
public enum SessionRequest: Sendable, Hashable {
  /// Saves the state.
  ///
  /// - Parameters:
  ///   - name: The client's name for it.
  ///   - file: The absolute path of a file to write it to as well.
  case checkpoint(name: String?, file: String? = nil)
  /// Goes back to an earlier state.
  ///
  /// - Parameter reseeds: True when random numbers must differ from those after that state.
  case restore(EarlierState, reseeds: Bool = false)
  /// Goes on from the state in a file, named by its absolute path.
  case resume(file: String, reseeds: Bool = false)
  /// Begins another session in the state of this one, or in an earlier one.
  case fork(from: EarlierState? = nil, reseeds: Bool = false)

  /// Reads a call.
  ///
  /// - Parameters:
  ///   - tool: One of ``ToolName/ofStates``; nil is given for another one.
  ///   - file: The file that the call names.
  /// - Throws: `invalidParams` for arguments that do not fit the tool's schema.
  public init?(_ tool: ToolName, _ arguments: ToolArguments, file: String?) throws(RPCError) {
    switch tool {
    case .run: return nil
    case .checkpoint: self = .checkpoint(name: try arguments.string(Member.name), file: file)
    case .restore:
      let state = try arguments.string(Member.checkpoint)
      let reseeds = try arguments.boolean(Member.reseed) ?? false
      if let file {
        self = .resume(file: file, reseeds: reseeds)
      } else if let state {
        self = .restore(EarlierState(state), reseeds: reseeds)
      } else {
        throw arguments.missing(Member.checkpoint)
      }
    case .fork:
      self = .fork(
        from: try arguments.string(Member.checkpoint).map { EarlierState($0) },
        reseeds: try arguments.boolean(Member.reseed) ?? false)
    }
  }

  /// The tool that does it.
  public var tool: ToolName {
    switch self {
    case .checkpoint: .checkpoint
    case .restore, .resume: .restore
    case .fork: .fork
    }
  }

  /// The arguments of the call, without the session.
  public var arguments: JSONObject {
    var arguments: JSONObject = [:]
    switch self {
    case .checkpoint(let name, _): arguments[Member.name] = name.map(JSON.string)
    case .restore(let state, _): arguments[Member.checkpoint] = .string(state.text)
    case .resume: break
    case .fork(let state, _): arguments[Member.checkpoint] = state.map { .string($0.text) }
    }
    if reseeds { arguments[Member.reseed] = true }
    return arguments
  }

  /// The `_meta` of the call.
  public var meta: JSONObject {
    switch self {
    case .checkpoint(_, let file?), .resume(let file, _): [ToolKey.file: .string(file)]
    case .checkpoint, .restore, .fork: [:]
    }
  }

  private var reseeds: Bool {
    switch self {
    case .checkpoint: false
    case .restore(_, let reseeds), .resume(_, let reseeds), .fork(_, let reseeds): reseeds
    }
  }
}
