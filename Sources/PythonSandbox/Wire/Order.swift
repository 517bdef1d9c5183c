import JSON
import SystemSupport

/// An order to the warden: a line of JSON, with the members that `wire.json` describes.
enum Order {
  /// The first order.
  case start(Start)
  /// The order to go on from the checkpoint that follows. Another `ready` tells that it is done.
  case restore(checkpointBytes: Int, reseeds: Bool)
  case run(Run)
  /// `isLate` is true when the run's time is over.
  case interrupt(run: Int, isLate: Bool)
  /// The user's answer to `input()`; nil when no user can be asked.
  case answer(run: Int, text: String?)
  /// Lets nothing run until the next order. With `interrupts` the code that an earlier run left is interrupted, too.
  case hold(interrupts: Bool)
  case complete(request: Int, text: String)
  case checkpoint(request: Int)
  /// The answer to a request for a file; its content follows.
  case file(request: Int, reply: FileReply)

  /// The way in which an interpreter starts.
  struct Start {
    /// The word that opens every frame of the warden. The guest never learns it.
    var token: String
    var pyodide: String
    var site: String
    var snapshot: String?
    var network: Bool
    var limits: Limits
    /// True when checkpoints may be taken.
    var isSavable = false
    /// True when runs will be undone.
    var resets = false
    /// The size of the checkpoint that follows.
    var checkpointBytes = 0
    /// True when random numbers must differ from those after the checkpoint.
    var reseeds = false
    /// The mounts that the code finds.
    var mounts: [Mount] = []
  }

  struct Run {
    var run: Int
    var code: String
    /// The variables that the code finds, as the text of a JSON object.
    var globals: String
    var keep: Bool
    /// True when the changes of the code are undone, where that can be.
    var resets = false
    /// True when all values are displayed.
    var isInteractive = false
    /// The environment variables that tell of the console, and the cells for `figures`.
    var console: [String: String] = [:]
    /// The program's name and its arguments, as the text of a JSON array; empty for none.
    var argv = ""
    var timeout: Duration?
  }

  enum Kind: String, CaseIterable {
    case start, restore, run, interrupt, answer, hold, complete, checkpoint, file
  }

  var kind: Kind {
    switch self {
    case .start: .start
    case .restore: .restore
    case .run: .run
    case .interrupt: .interrupt
    case .answer: .answer
    case .hold: .hold
    case .complete: .complete
    case .checkpoint: .checkpoint
    case .file: .file
    }
  }

  var line: [UInt8] {
    var message: JSONObject = ["kind": .string(kind.rawValue)]
    message.merge(members) { kind, _ in kind }
    return JSON.object(message).encoded + [UInt8(ascii: "\n")]
  }

  private var members: JSONObject {
    switch self {
    case .start(let start): start.members
    case .restore(let checkpointBytes, let reseeds):
      ["checkpoint": .integer(checkpointBytes), "reseed": .bool(reseeds)]
    case .run(let run): run.members
    case .interrupt(let run, let isLate): ["run": .integer(run), "late": .bool(isLate)]
    case .answer(let run, let text?): ["run": .integer(run), "text": .string(text)]
    case .answer(let run, nil): ["run": .integer(run)]
    case .hold(let interrupts): ["interrupts": .bool(interrupts)]
    case .complete(let request, let text): ["request": .integer(request), "text": .string(text)]
    case .checkpoint(let request): ["request": .integer(request)]
    case .file(let request, let reply): reply.members(request)
    }
  }
}

extension Order.Start {
  fileprivate var members: JSONObject {
    var members: JSONObject = [
      "token": .string(token), "pyodide": .string(pyodide), "site": .string(site),
      "network": network ? "inherit" : "none", "limits": .object(limits.message),
      "savable": .bool(isSavable), "resets": .bool(resets), "checkpoint": .integer(checkpointBytes),
      "reseed": .bool(reseeds), "mounts": .string(mounts.isEmpty ? "" : mountMembers.text),
    ]
    members["snapshot"] = snapshot.map(JSON.string)
    return members
  }
}

extension Order.Start {
  private var mountMembers: JSON {
    .array(
      mounts.map { mount in
        ["at": .string(mount.guest), "access": .string(mount.access.rawValue), "isFile": .bool(mount.isFile)]
      })
  }
}

extension FileReply {
  fileprivate func members(_ request: Int) -> JSONObject {
    var members: JSONObject = [
      "request": .integer(request), "error": .integer(Int(error)), "bytes": .integer(content.count),
    ]
    members["handle"] = handle.map(JSON.integer)
    members["count"] = count.map(JSON.integer)
    members["attributes"] = attributes.map { .array($0.map(JSON.number)) }
    return members
  }
}

extension Order.Run {
  private var consoleMembers: JSONObject {
    console.sorted { $0.key < $1.key }.reduce(into: [:]) { $0[$1.key] = .string($1.value) }
  }

  fileprivate var members: JSONObject {
    [
      "run": .integer(run), "code": .string(code), "globals": .string(globals), "keep": .bool(keep),
      "reset": .bool(resets), "timeout": .number(timeout?.inSeconds ?? 0),
      "interactive": .bool(isInteractive),
      "argv": .string(argv), "console": .string(console.isEmpty ? "" : JSON.object(consoleMembers).text),
    ]
  }
}
