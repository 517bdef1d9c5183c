import SystemSupport

/// An order to the warden: a line of JSON. A field that an order does not have is nil.
struct Order: Encodable {
  var kind: String?
  var token: String?
  var pyodide: String?
  var site: String?
  var snapshot: String?
  var network: String?
  var limits: Limits.Message?
  var run: Int?
  var code: String?
  var globals: String?
  var keep: Bool?
  /// True when the changes of the code are undone where that is possible.
  var reset: Bool?
  /// True when the code that an earlier run left is interrupted too.
  var interrupts: Bool?
  /// The seconds that the run may take; 0 for any time.
  var timeout: Double?
  /// True when the value of each expression statement is displayed.
  var interactive: Bool?
  /// The program's name and its arguments, as a JSON array; empty for none.
  var argv: String?
  /// The width of the console; 0 for unknown.
  var columns: Int?
  /// True when the interrupt means that the run's time is over.
  var late: Bool?
  var request: Int?
  var text: String?
  /// True when checkpoints may be taken.
  var savable: Bool?
  /// True when runs will be undone.
  var resets: Bool?
  /// The number of bytes in the checkpoint that follows.
  var checkpoint: Int?
  /// True when random numbers are to differ from those after the checkpoint.
  var reseed: Bool?

  static func start(
    token: String, pyodide: String, site: String, snapshot: String?, network: Bool, limits: Limits,
    isSavable: Bool = false, resets: Bool = false, checkpointBytes: Int = 0, reseeds: Bool = false
  ) -> Order {
    Order(
      token: token, pyodide: pyodide, site: site, snapshot: snapshot, network: network ? "inherit" : "none",
      limits: limits.message, savable: isSavable, resets: resets, checkpoint: checkpointBytes,
      reseed: reseeds)
  }

  /// The order to go on from the checkpoint that follows. Another `ready` tells that it is done.
  static func restore(checkpointBytes: Int, reseeds: Bool) -> Order {
    Order(kind: "restore", checkpoint: checkpointBytes, reseed: reseeds)
  }

  static func checkpoint(_ request: Int) -> Order {
    Order(kind: "checkpoint", request: request)
  }

  static func run(
    _ run: Int, code: String, globals: String, keep: Bool, resets: Bool = false, isInteractive: Bool = false,
    columns: Int? = nil, argv: String = "", timeout: Duration?
  ) -> Order {
    Order(
      kind: "run", run: run, code: code, globals: globals, keep: keep, reset: resets,
      timeout: timeout?.inSeconds ?? 0, interactive: isInteractive, argv: argv, columns: columns ?? 0)
  }

  static func interrupt(_ run: Int, isLate: Bool) -> Order {
    Order(kind: "interrupt", run: run, late: isLate)
  }

  /// Lets nothing run until the next order.
  static func hold(interrupts: Bool) -> Order {
    Order(kind: "hold", interrupts: interrupts)
  }

  /// The user's answer to `input()`; nil when no user can be asked.
  static func answer(_ run: Int, text: String?) -> Order {
    Order(kind: "answer", run: run, text: text)
  }

  static func complete(_ request: Int, text: String) -> Order {
    Order(kind: "complete", request: request, text: text)
  }

  var line: [UInt8] {
    get throws { Array(try JSONEncoder().encode(self)) + [UInt8(ascii: "\n")] }
  }
}
