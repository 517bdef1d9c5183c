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

  static func start(token: String, pyodide: String, site: String, network: Bool) -> Order {
    Order(token: token, pyodide: pyodide, site: site, network: network ? "inherit" : "none")
  }

  static func run(_ run: Int, code: String, globals: String, keep: Bool) -> Order {
    Order(kind: "run", run: run, code: code, globals: globals, keep: keep)
  }

  static func interrupt(_ run: Int) -> Order {
    Order(kind: "interrupt", run: run)
  }

  var line: [UInt8] {
    get throws { Array(try JSONEncoder().encode(self)) + [UInt8(ascii: "\n")] }
  }
}
