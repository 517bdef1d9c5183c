import SystemSupport

/// A line to the warden.
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
  /// Whether what the code changes is undone, where that can be.
  var reset: Bool?
  /// Whether what the code has left is interrupted too.
  var interrupts: Bool?
  /// Seconds; 0 for any time.
  var timeout: Double?
  /// Whether all values are displayed.
  var interactive: Bool?
  /// The program's name and its arguments, as a JSON array; empty for none.
  var argv: String?
  /// Of the console; 0 for unknown.
  var columns: Int?
  /// Whether the interrupt means that the run's time is over.
  var late: Bool?
  var request: Int?
  var text: String?
  /// Whether checkpoints may be taken.
  var savable: Bool?
  /// Whether runs will be undone.
  var resets: Bool?
  /// Bytes of the checkpoint that follows.
  var checkpoint: Int?
  /// Whether random numbers are to be others than after the checkpoint.
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

  /// Go on from the checkpoint that follows; another `ready` tells that it is done.
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

  /// Let nothing run until the next order.
  static func hold(interrupts: Bool) -> Order {
    Order(kind: "hold", interrupts: interrupts)
  }

  /// What the user said to `input()`; nil when there is nobody to say anything.
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

extension Duration {
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
