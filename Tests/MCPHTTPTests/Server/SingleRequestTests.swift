import HTTPTypes
import MCP
import SystemSupport
import Testing

@testable import MCPHTTP

@Suite struct SingleRequestTests {
  private static func call(_ tool: String, _ arguments: JSONObject = [:]) -> JSONObject {
    Requests.modern("tools/call", Requests.call(tool, arguments))
  }

  private static func text(_ message: JSON?) -> String? {
    message?["result"]?["content"]?.arrayValue?.first?["text"]?.stringValue
  }

  @Test func anAnswerAloneIsJSON() async throws {
    let reply = try await TestEndpoint().client().modern(Self.call("echo", ["text": "hello"]))
    #expect(reply.status == 200)
    #expect(reply.headers[.contentType] == "application/json")
    #expect(reply.headers[.mcpSessionID] == nil)
    #expect(Self.text(try await reply.json()) == "hello")
  }

  @Test func anAnswerAfterMessagesIsAStreamWithoutIds() async throws {
    let endpoint = TestEndpoint()
    let reply = try await endpoint.client().modern(Self.call("wait"))
    #expect(reply.headers[.contentType] == "text/event-stream")
    let event = try await reply.event()
    #expect(event?.id == nil)
    #expect(event?.data.contains("begun") == true)
    endpoint.tools.release.open()
    #expect(Self.text(try await reply.message()) == "released")
    #expect(try await reply.message() == nil)
  }

  @Test func aClientThatHangsUpCancelsItsCall() async throws {
    let endpoint = TestEndpoint()
    let client = try await endpoint.client()
    let reply = await client.modern(Self.call("wait"))
    #expect(try await reply.message()?["params"]?["data"] == "begun")
    try await client.hangUp()
    await endpoint.tools.cancelled.pass()
    #expect(endpoint.tools.cancelled.isOpen)
  }

  @Test func anArgumentMayBeRepeatedInAHeader() async throws {
    let message = Self.call("echo", ["text": "x", "place": "Zürich"])
    var headers = Requests.headers(for: message)
    headers[try #require(HTTPField.Name("Mcp-Param-Place"))] = "=?base64?WsO8cmljaA==?="
    #expect(Self.text(try await TestEndpoint().client().post(message, headers).json()) == "x")
  }

  @Test func aQuestionIsAnsweredWithItsState() async throws {
    let endpoint = TestEndpoint()
    var message = Self.call("ask")
    let question = try await endpoint.client().modern(message).json()["result"]
    #expect(question?["resultType"] == "input_required")
    #expect(question?["inputRequests"]?["input"]?["params"]?["message"] == "Who?")
    var params = try #require(message["params"]?.objectValue)
    params["requestState"] = try #require(question?["requestState"])
    params["inputResponses"] = ["input": ["action": "accept", "content": ["name": "Ada"]]]
    message["params"] = .object(params)
    #expect(Self.text(try await endpoint.client().modern(message).json()) == "Ada")
    let late = try await endpoint.client().modern(message)
    #expect(late.status == 400)
    #expect(try await late.json()["error"]?["code"] == -32602)
  }

  @Test func onlyWhoWasAskedMayAnswer() async throws {
    let client = try await TestEndpoint().client()
    var message = Self.call("ask")
    let question = try await client.modern(message).json()["result"]
    var params = try #require(message["params"]?.objectValue)
    params["requestState"] = try #require(question?["requestState"])
    params["inputResponses"] = ["input": ["action": "decline"]]
    message["params"] = .object(params)
    var headers = Requests.headers(for: message)
    headers[.authorization] = "Bearer another"
    #expect(await client.post(message, headers).status == 400)
    #expect(Self.text(try await client.modern(message).json()) == "nobody")
  }

  @Test func aNotificationIsTaken() async throws {
    let client = try await TestEndpoint().client()
    let message: JSONObject = ["jsonrpc": "2.0", "method": "notifications/roots/list_changed"]
    let reply = await client.modern(message)
    #expect(reply.status == 202)
    #expect(try await reply.bytes().isEmpty)
    #expect(await client.post(message, await client.begin()).status == 202)
  }

  @Test func aFullServerSaysWhenToComeAgain() async throws {
    let reply = try await TestEndpoint(room: 0).client().modern(Self.call("echo"))
    #expect(reply.status == 503)
    #expect(reply.headers[.retryAfter] == "7")
  }

  @Test func legacyRequestsStandAloneWithoutSessions() async throws {
    let client = try await TestEndpoint { $0.isStateless = true }.client()
    let opening = await client.post(Requests.initialize())
    #expect(opening.status == 200)
    #expect(opening.headers[.mcpSessionID] == nil)
    let call = Requests.plain("tools/call", Requests.call("echo", ["text": "hello"]))
    #expect(Self.text(try await client.post(call).json()) == "hello")
  }
}
