import JSON
import SystemSupport

/// An order to the warden: a line of JSON, with the fields of `Order` in messages.ts.
struct Order {
  private let message: JSONObject

  /// - Parameters:
  ///   - isSavable: True when checkpoints may be taken.
  ///   - resets: True when runs will be undone.
  ///   - checkpointBytes: The size of the checkpoint that follows.
  ///   - reseeds: True when random numbers must differ from those after the checkpoint.
  static func start(
    token: String, pyodide: String, site: String, snapshot: String?, network: Bool, limits: Limits,
    isSavable: Bool = false, resets: Bool = false, checkpointBytes: Int = 0, reseeds: Bool = false
  ) -> Order {
    var message: JSONObject = [
      "token": .string(token), "pyodide": .string(pyodide), "site": .string(site),
      "network": network ? "inherit" : "none", "limits": .object(limits.message),
      "savable": .bool(isSavable), "resets": .bool(resets), "checkpoint": .integer(checkpointBytes),
      "reseed": .bool(reseeds),
    ]
    message["snapshot"] = snapshot.map(JSON.string)
    return Order(message: message)
  }

  /// The order to go on from the checkpoint that follows. Another `ready` tells that it is done.
  static func restore(checkpointBytes: Int, reseeds: Bool) -> Order {
    Order(message: ["kind": "restore", "checkpoint": .integer(checkpointBytes), "reseed": .bool(reseeds)])
  }

  static func checkpoint(_ request: Int) -> Order {
    Order(message: ["kind": "checkpoint", "request": .integer(request)])
  }

  /// - Parameters:
  ///   - globals: The variables that the code finds, as the text of a JSON object.
  ///   - resets: True when the changes of the code are undone, where that can be.
  ///   - isInteractive: True when all values are displayed.
  ///   - columns: The width of the console; nil for unknown.
  ///   - argv: The program's name and its arguments, as the text of a JSON array; empty for none.
  static func run(
    _ run: Int, code: String, globals: String, keep: Bool, resets: Bool = false, isInteractive: Bool = false,
    columns: Int? = nil, argv: String = "", timeout: Duration?
  ) -> Order {
    Order(
      message: [
        "kind": "run", "run": .integer(run), "code": .string(code), "globals": .string(globals),
        "keep": .bool(keep), "reset": .bool(resets), "timeout": .number(timeout?.inSeconds ?? 0),
        "interactive": .bool(isInteractive), "argv": .string(argv), "columns": .integer(columns ?? 0),
      ])
  }

  /// - Parameter isLate: True when the run's time is over.
  static func interrupt(_ run: Int, isLate: Bool) -> Order {
    Order(message: ["kind": "interrupt", "run": .integer(run), "late": .bool(isLate)])
  }

  /// Lets nothing run until the next order.
  ///
  /// - Parameter interrupts: True when the code that an earlier run left is interrupted too.
  static func hold(interrupts: Bool) -> Order {
    Order(message: ["kind": "hold", "interrupts": .bool(interrupts)])
  }

  /// - Parameter text: The user's answer to `input()`; nil when no user can be asked.
  static func answer(_ run: Int, text: String?) -> Order {
    var message: JSONObject = ["kind": "answer", "run": .integer(run)]
    message["text"] = text.map(JSON.string)
    return Order(message: message)
  }

  static func complete(_ request: Int, text: String) -> Order {
    Order(message: ["kind": "complete", "request": .integer(request), "text": .string(text)])
  }

  var line: [UInt8] { JSON.object(message).encoded + [UInt8(ascii: "\n")] }
}
