import Hashing
import MCP
import Testing

@testable import MCPHTTP

@Suite struct RequestStateSealTests {
  static let params: JSONObject = [
    "name": "tool", "arguments": ["a": 1, "b": ["c": 2, "d": 3]], "_meta": [:],
  ]
  let seal = RequestStateSeal(lifetime: .seconds(60))

  func open(
    _ state: String, principal: String = "me", method: String = "tools/call", params: JSONObject = params,
    now: Int = 1059
  ) -> String? {
    try? seal.open(state, principal: principal, method: method, params: params, now: now)
  }

  var state: String {
    seal.seal("the-name", principal: "me", method: "tools/call", params: Self.params, now: 1000)
  }

  @Test func theSameCallerGetsTheNameBackForTheSameRequest() {
    #expect(open(state) == "the-name")
    let again: JSONObject = [
      "arguments": ["b": ["d": 3, "c": 2], "a": 1], "name": "tool", "inputResponses": [:],
      "requestState": "x",
    ]
    #expect(open(state, params: again) == "the-name", "the order of members means nothing")
  }

  @Test func itExpires() { #expect(open(state, now: 1060) == nil) }

  @Test func itIsForNobodyAndNothingElse() {
    #expect(open(state, principal: "you") == nil)
    #expect(open(state, method: "prompts/get") == nil)
    #expect(open(state, params: ["name": "tool", "arguments": ["a": 2]]) == nil)
    let other = RequestStateSeal(key: HMAC.randomKey(), lifetime: .seconds(60))
    #expect(throws: RPCError.self) {
      try other.open(state, principal: "me", method: "tools/call", params: Self.params, now: 1000)
    }
  }

  @Test func anyChangeIsNoticed() {
    let state = Array(state)
    for index in state.indices {
      var changed = state
      changed[index] = state[index] == "a" ? "b" : "a"
      // The last character of base64 has bits that say nothing.
      if index < state.count - 1 { #expect(open(String(changed)) == nil, "\(index)") }
      #expect(open(String(state[..<index])) == nil)
    }
    #expect(open(String(state) + "x") == nil)
    #expect(open("") == nil)
  }
}
