import Foundation
import MCP
import Testing

@testable import Traffic

@Suite struct EntryTests {
  private func entry(_ text: String) throws -> Entry {
    var log = TrafficLog()
    log.append(.sent, Array(text.utf8), at: Date(timeIntervalSince1970: 0))
    return try #require(log[0])
  }

  @Test(arguments: [
    (#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, Entry.Kind.request, "1", "ping", ""),
    (
      #" { "jsonrpc" : "2.0" , "params" : {"name":"add","arguments":{"a":[1,{}]}}, "method":"tools/call","id":"x"} "#,
      .request, "\"x\"", "tools/call", "add"
    ),
    (
      #"{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","logger":"stdout","data":"a"}}"#,
      .notification, "", "notifications/message", "stdout"
    ),
    (#"{"jsonrpc":"2.0","id":0,"result":{}}"#, .response, "0", "", ""),
    (#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"no"}}"#, .error, "", "", ""),
    (#"{"jsonrpc":"2.0","error":{"code":-32700,"message":"no"}}"#, .error, "", "", ""),
    (#"{"jsonrpc":"2.0","id":1,"method":"caf\u00e9"}"#, .request, "1", "café", ""),
    // The last of several members with one name counts.
    (
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":1,"params":{"name":"a"}}"#,
      .request, "1", "tools/call", "a"
    ),
    (
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"},"params":{}}"#,
      .request, "1", "tools/call", ""
    ),
  ])
  func outlines(_ text: String, kind: Entry.Kind, id: String, method: String, subject: String) throws {
    let entry = try entry(text)
    #expect(entry.kind == kind)
    #expect(entry.id?.description ?? "" == id)
    #expect(entry.method ?? "" == method)
    #expect(entry.subject ?? "" == subject)
    #expect(entry.problem == nil)
    #expect(entry.size == text.utf8.count)
  }

  @Test(arguments: [
    "", "hello", "{", "[]", "[1", "3", "null", #"{"jsonrpc":"1.0","id":1,"method":"ping"}"#,
    #"{"jsonrpc":"2.0"}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"ping"} trailing"#, #"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}"#,
    #"{"jsonrpc":"2.0","id":1,"result":1,"error":{}}"#,
    #"{"jsonrpc":"2.0","result":{}}"#, #"{"jsonrpc":"2.0","id":1,"method":3}"#,
    "{\"jsonrpc\":\"2.0\",\"a\":\"\n\"}",
  ])
  func theseAreInvalid(_ text: String) throws {
    let entry = try entry(text)
    #expect(entry.kind == .invalid)
    #expect(entry.problem != nil || text == "[]")
  }

  @Test func aBatchHasSeveralItems() throws {
    let entry = try entry(
      #"[{"jsonrpc":"2.0","id":1,"method":"ping"}, {"jsonrpc":"2.0","method":"notifications/x"}, 3]"#)
    #expect(entry.isBatch)
    #expect(entry.items.map(\.kind) == [.request, .notification, .invalid])
  }

  @Test func theSummaryIsWhatMatters() throws {
    let call = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"f","arguments":{"a":1}}}"#
    #expect(try entry(call).summary() == #"{"a":1}"#)
    #expect(try entry(call).summary(limit: 3) == #"{"a"#)
    #expect(try entry("stray text").summary() == "stray text")
    #expect(try entry("äöü").summary(limit: 3) == "ä")
    #expect(
      try entry(#"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"m"}}"#).summary().contains("\"m\""))
  }

  @Test func deepNestingIsRefusedAndNotFollowed() throws {
    let text = String(repeating: "[", count: 100_000)
    #expect(try entry(text).kind == .invalid)
  }
}
