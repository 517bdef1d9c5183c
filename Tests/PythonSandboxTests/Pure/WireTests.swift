import Foundation
import JSON
import Testing

@testable import PythonSandbox

/// Orders have the members that `wire.json` describes, and frames with those can be read. A test of the guest
/// compares the types of TypeScript with the same file.
struct WireTests {
  private let wire: JSON

  init() throws {
    let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    let file = root.appendingPathComponent("Sources/PythonSandbox/Wire/wire.json")
    wire = try JSON(parsing: [UInt8](Data(contentsOf: file)))
  }

  private static let start = Order.Start(
    token: "t", pyodide: "/p", site: "/s", snapshot: nil, network: false, limits: Limits())
  private static let whole = Order.Start(
    token: "t", pyodide: "/p", site: "/s", snapshot: "/i", network: true, limits: Limits(memory: 4096),
    isSavable: true, resets: true, checkpointBytes: 7, reseeds: true)
  private static let run = Order.Run(run: 1, code: "1", globals: "{}", keep: false, timeout: nil)
  private static let longRun = Order.Run(
    run: 1, code: "1", globals: "{}", keep: true, resets: true, isInteractive: true,
    console: ["COLUMNS": "80"],
    argv: #"["a"]"#, timeout: .milliseconds(1500))

  /// Every kind of order, with and without what may be missing.
  private static let orders: [Order] = [
    .start(start), .start(whole), .restore(checkpointBytes: 7, reseeds: true), .run(run), .run(longRun),
    .interrupt(run: 1, isLate: true), .answer(run: 1, text: "a"), .answer(run: 1, text: nil),
    .hold(interrupts: true), .complete(request: 2, text: "a."), .checkpoint(request: 3),
    .file(request: 4, reply: FileReply(error: 2)),
    .file(request: 4, reply: FileReply(handle: 1, count: 2, attributes: [1, 2.5], content: [0])),
  ]

  @Test func ordersHaveTheMembersThatAreDescribed() throws {
    let described = try #require(wire["order"]?.objectValue)
    #expect(Set(described.keys) == Set(Order.Kind.allCases.map(\.rawValue)))
    #expect(Set(Self.orders.map(\.kind)) == Set(Order.Kind.allCases))
    for order in Self.orders {
      #expect(order.line.last == UInt8(ascii: "\n"))
      var members = try #require(try JSON(parsing: order.line.dropLast()).objectValue)
      #expect(members.removeValue(forKey: "kind") == .string(order.kind.rawValue))
      let types = try #require(described[order.kind.rawValue]?.objectValue)
      #expect(differences(of: members, from: types) == [], "\(order.kind)")
    }
  }

  @Test func whatMayBeMissingIsSentWhereItIsThere() throws {
    let start = try JSON(parsing: Order.start(Self.whole).line.dropLast())
    #expect(start["snapshot"] == "/i")
    #expect(start["network"] == "inherit")
    #expect(try JSON(parsing: Order.answer(run: 1, text: "a").line.dropLast())["text"] == "a")
    let run = try JSON(parsing: Order.run(Self.longRun).line.dropLast())
    #expect(run["timeout"] == .number(1.5))
    #expect(run["console"] == .string(#"{"COLUMNS":"80"}"#))
  }

  @Test func framesAreReadByTheMembersThatAreDescribed() throws {
    let described = try #require(wire["frame"]?.objectValue)
    #expect(Set(described.keys) == Set(Frame.Kind.allCases.map(\.rawValue)))
    for (kind, types) in described {
      let types = try #require(types.objectValue)
      let members = types.mapValues(Self.example)
      #expect(isRead(kind, members), "\(kind)")
      for (name, type) in types {
        var others = members
        others[name] = nil
        #expect(isRead(kind, others) == Self.mayBeMissing(type), "\(kind) without \(name)")
        others[name] = Self.strange(to: type)
        #expect(!isRead(kind, others), "\(kind) with another \(name)")
      }
    }
  }

  private func isRead(_ kind: String, _ members: JSONObject) -> Bool {
    var whole: JSONObject = ["kind": .string(kind)]
    whole.merge(members) { kind, _ in kind }
    var following = 0
    let line = Array("t ".utf8) + JSON.object(whole).encoded
    return Frame(line: line[...], token: Array("t".utf8), following: &following) != nil
  }

  /// Sentences about members that are missing, that nobody described, or that have another type.
  private func differences(of members: JSONObject, from types: JSONObject) -> [String] {
    let others = members.keys.filter { types[$0] == nil }.map { "\($0) is not described" }
    return others
      + types.compactMap { name, type in
        guard let value = members[name] else {
          return Self.mayBeMissing(type) ? nil : "\(name) is missing"
        }
        return isOf(type, value) ? nil : "\(name) is \(value)"
      }
  }

  private static func mayBeMissing(_ type: JSON) -> Bool { type.stringValue?.hasSuffix("?") == true }

  private static func name(of type: JSON) -> String? {
    type.stringValue?.replacingOccurrences(of: "?", with: "")
  }

  /// A list stands for its values.
  private func isOf(_ type: JSON, _ value: JSON) -> Bool {
    if let values = type.arrayValue { return values.contains(value) }
    return switch Self.name(of: type) {
    case "string": value.stringValue != nil
    case "integer": if case .integer = value { true } else { false }
    case "number": value.doubleValue != nil
    case "boolean": value.boolValue != nil
    case "numbers": value.arrayValue?.allSatisfy { $0.doubleValue != nil } == true
    case "strings": value.arrayValue?.allSatisfy { $0.stringValue != nil } == true
    case "limits":
      if let members = value.objectValue, let types = wire["limits"]?.objectValue {
        differences(of: members, from: types).isEmpty
      } else {
        false
      }
    default: false
    }
  }

  private static func example(of type: JSON) -> JSON {
    if let first = type.arrayValue?.first { return first }
    return switch name(of: type) {
    case "integer": 1
    case "number": 1.5
    case "boolean": true
    case "strings": ["a"]
    default: "a"
    }
  }

  private static func strange(to type: JSON) -> JSON { name(of: type) == "boolean" ? "true" : true }
}
