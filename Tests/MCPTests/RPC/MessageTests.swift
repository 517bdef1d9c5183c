import MCP
import Testing

@Suite struct MessageTests {
  static let messages: [(String, Message)] = [
    (#"{"jsonrpc":"2.0","id":0,"method":"m"}"#, Message.request(id: .integer(0), method: "m", params: [:])),
    (
      #"{"jsonrpc":"2.0","id":"0","method":"m","params":{"a":1}}"#,
      .request(id: .string("0"), method: "m", params: ["a": 1])
    ),
    (#"{"jsonrpc":"2.0","id":2.0,"method":"m"}"#, .request(id: .integer(2), method: "m", params: [:])),
    (#"{"jsonrpc":"2.0","method":"n"}"#, .notification(method: "n", params: [:])),
    (#"{"jsonrpc":"2.0","id":1,"result":{}}"#, .result(id: .integer(1), [:])),
    (#"{"jsonrpc":"2.0","id":1,"result":null}"#, .result(id: .integer(1), nil)),
    (
      #"{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"x","data":[]}}"#,
      .error(id: .integer(1), RPCError(code: -1, message: "x", data: []))
    ),
    (
      #"{"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":"x"}}"#,
      .error(id: nil, RPCError(code: -1, message: "x"))
    ),
    (
      #"{"jsonrpc":"2.0","error":{"code":-1,"message":"x"}}"#,
      .error(id: nil, RPCError(code: -1, message: "x"))
    ),
  ]

  @Test(arguments: messages)
  func classifies(_ text: String, _ expected: Message) throws {
    let message = try Message(JSON(parsing: text.utf8))
    #expect(message == expected)
    #expect(try Message(message.json) == expected)
  }

  static let malformed: [(String, RequestID?)] = [
    ("1", nil), ("[]", nil), ("{}", nil), (#"{"id":1,"method":"m"}"#, .integer(1)),
    (#"{"jsonrpc":"1.0","id":"a","method":"m"}"#, .string("a")),
    (#"{"jsonrpc":2.0,"id":1,"method":"m"}"#, .integer(1)), (#"{"jsonrpc":"2.0","id":1}"#, .integer(1)),
    (#"{"jsonrpc":"2.0","id":1,"method":7}"#, .integer(1)),
    (#"{"jsonrpc":"2.0","id":1,"method":"m","params":[]}"#, .integer(1)),
    (#"{"jsonrpc":"2.0","id":1,"method":"m","params":null}"#, .integer(1)),
    (#"{"jsonrpc":"2.0","id":null,"method":"m"}"#, nil), (#"{"jsonrpc":"2.0","id":1.5,"method":"m"}"#, nil),
    (#"{"jsonrpc":"2.0","id":true,"method":"m"}"#, nil), (#"{"jsonrpc":"2.0","id":[],"method":"m"}"#, nil),
    (#"{"jsonrpc":"2.0","id":{},"method":"m"}"#, nil),
    (#"{"jsonrpc":"2.0","id":1,"method":"m","result":1}"#, .integer(1)),
    (#"{"jsonrpc":"2.0","id":1,"result":1,"error":{"code":1,"message":""}}"#, .integer(1)),
    (#"{"jsonrpc":"2.0","result":1}"#, nil), (#"{"jsonrpc":"2.0","id":1,"error":{"code":"x"}}"#, .integer(1)),
    (#"{"jsonrpc":"2.0","id":1,"error":{"code":1.5,"message":"x"}}"#, .integer(1)),
  ]

  @Test(arguments: malformed)
  func refuses(_ text: String, keeping id: RequestID?) throws {
    let json = try JSON(parsing: text.utf8)
    let error = #expect(throws: RPCError.self) { try Message(json) }
    #expect(error?.code == -32600)
    #expect(Message.identifier(in: json) == id)
  }

  @Test func tellsIntegersFromStrings() {
    #expect(RequestID.integer(1) != .string("1"))
    #expect(RequestID.integer(1).json == 1)
    #expect(RequestID.string("1").json == "1")
  }

  /// The schemas before 2025-11-25 demand an id in an error; those from then on allow it to be absent.
  @Test(arguments: Revision.allCases)
  func writesAnErrorWithoutID(for revision: Revision) {
    let json = Message.error(id: nil, .parseError("x")).json(for: revision)
    #expect(json.objectValue?.keys.contains("id") == (revision < .v2025_11_25))
    #expect(json["id"]?.isNull ?? true)
    #expect(json["error"]?["code"] == -32700)
  }

  @Test func namesWhatIsMissing() {
    let version = RPCError.unsupportedProtocolVersion(requested: "1900-01-01", supported: [.v2026_07_28])
    #expect(version.code == -32022)
    #expect(version.data == ["supported": ["2026-07-28"], "requested": "1900-01-01"])
    let capability = RPCError.missingClientCapability(["elicitation": [:]])
    #expect(capability.code == -32021)
    #expect(capability.data == ["requiredCapabilities": ["elicitation": [:]]])
  }
}
