#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A line to the warden.
struct Order: Encodable {
  var kind: String?
  var token: String?
  var pyodide: String?
  var site: String?
  var network: String?
  var run: Int?
  var code: String?
  var globals: String?
  var keep: Bool?
  var request: Int?
  var text: String?

  static func start(token: String, pyodide: String, site: String, network: Bool) -> Order {
    Order(token: token, pyodide: pyodide, site: site, network: network ? "inherit" : "none")
  }

  static func run(_ run: Int, code: String, globals: String, keep: Bool) -> Order {
    Order(kind: "run", run: run, code: code, globals: globals, keep: keep)
  }

  static func interrupt(_ run: Int) -> Order {
    Order(kind: "interrupt", run: run)
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
