import HTTPTypes
import MCP
import SystemSupport
import Testing

@testable import MCPHTTP

@Suite struct SessionTests {
  private static let legacy = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
  private static let wait = Requests.plain("tools/call", Requests.call("wait"), id: 5)

  @Test(arguments: legacy) func aSessionBeginsServesAndEnds(_ revision: String) async throws {
    let client = try await TestEndpoint().client()
    let headers = await client.begin(revision)
    #expect(headers[.mcpSessionID]?.isEmpty == false)
    let tools = try await client.post(Requests.plain("tools/list"), headers).json()
    #expect(tools["result"]?["tools"]?.arrayValue?.count == TestTools.offered.count)
    let call = await client.post(
      Requests.plain("tools/call", Requests.call("echo", ["text": "hello"])), headers)
    #expect(call.headers[.contentType] == "text/event-stream")
    #expect(try await call.message()?["result"]?["content"]?.arrayValue?.first?["text"] == "hello")
    #expect(try await call.message() == nil)
    #expect(await client.open(.delete, headers: headers).status == 204)
    #expect(await client.post(Requests.plain("ping"), headers).status == 404)
  }

  @Test func anInitializeThatFailsLeavesNoSession() async throws {
    let reply = try await TestEndpoint().client().post(Requests.plain("initialize"))
    #expect(try await reply.json()["error"]?["code"] == -32602)
    #expect(reply.headers[.mcpSessionID] == nil)
  }

  @Test func anEventOfALostConnectionIsSentAgain() async throws {
    let endpoint = TestEndpoint()
    let client = try await endpoint.client()
    let headers = await client.begin()
    _ = try await client.post(Requests.plain("logging/setLevel", ["level": "info"]), headers).bytes()
    let running = await client.post(Self.wait, headers)
    #expect(try await running.event()?.id == "3-0")
    #expect(try await running.message()?["params"]?["data"] == "begun")
    try await client.hangUp()
    endpoint.tools.release.open()
    var again = headers
    again[.lastEventID] = "3-1"
    let rest = try await endpoint.client().open(.get, headers: again)
    #expect(try await rest.message()?["result"]?["content"]?.arrayValue?.first?["text"] == "released")
    #expect(try await rest.message() == nil)
  }

  @Test func theSessionsOwnStreamEndsWithIt() async throws {
    let endpoint = TestEndpoint()
    let client = try await endpoint.client()
    let headers = await client.begin()
    let stream = await client.open(.get, headers: headers)
    #expect(stream.status == 200)
    #expect(try await stream.event()?.id == "0-0")
    #expect(try await endpoint.client().open(.delete, headers: headers).status == 204)
    #expect(try await stream.message() == nil)
  }

  @Test func anIdInUseIsRefused() async throws {
    let endpoint = TestEndpoint()
    let client = try await endpoint.client()
    let headers = await client.begin()
    let running = await client.post(Self.wait, headers)
    let reply = await client.post(Requests.plain("tools/list", id: 5), headers)
    #expect(reply.status == 400)
    #expect(try await reply.json()["error"]?["code"] == -32600)
    _ = await client.post(
      ["jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": 5]], headers)
    await endpoint.tools.cancelled.pass()
    while let message = try await running.message() { #expect(message["result"] == nil) }
  }

  @Test func aFullServerSaysWhenToComeAgain() async throws {
    let endpoint = TestEndpoint(room: 1)
    let client = try await endpoint.client()
    _ = await client.begin()
    let reply = await client.post(Requests.initialize())
    #expect(reply.status == 503)
    #expect(reply.headers[.retryAfter] == "7")
  }

  @Test func aSessionThatIsNotUsedEnds() async throws {
    let endpoint = TestEndpoint { $0.sessionTimeout = .milliseconds(1) }
    let session = try await endpoint.conversations.openSession(proposal: nil)
    await session.serving.value
    #expect(await endpoint.conversations.session(session.id) == nil)
  }

  @Test func aBatchIsOfOneRevisionOnly() async throws {
    let client = try await TestEndpoint().client()
    let headers = await client.begin("2025-03-26")
    let batch: JSON = [
      .object(Requests.plain("ping", id: 1)), .object(Requests.plain("ping", id: 2)),
    ]
    let reply = await client.open(headers: headers, batch.encoded)
    var ids: Set<JSON> = []
    while let message = try await reply.message() {
      if let id = message["id"] { ids.insert(id) }
    }
    #expect(ids == [1, 2])
    #expect(await client.open(headers: headers, JSON.array([]).encoded).status == 400)
    let opening = JSON.array([.object(Requests.initialize())])
    #expect(await client.open(headers: headers, opening.encoded).status == 400)
  }

  @Test func aProposedIdIsTakenOnce() async throws {
    let client = try await TestEndpoint { $0.sessionIDHeader = "X-Session" }.client()
    let name = try #require(HTTPField.Name("X-Session"))
    var headers = TestClient.usual
    headers[name] = String(repeating: "a", count: 32)
    let first = await client.post(Requests.initialize(), headers)
    #expect(first.headers[.mcpSessionID] == headers[name])
    #expect(await client.post(Requests.initialize(), headers).status == 400)
    headers[name] = "short"
    #expect(await client.post(Requests.initialize(), headers).status == 400)
  }

  @Test func drainingLetsRunningCallsEndAndBeginsNothing() async throws {
    let endpoint = TestEndpoint()
    let client = try await endpoint.client()
    let headers = await client.begin()
    _ = try await client.post(Requests.plain("logging/setLevel", ["level": "info"]), headers).bytes()
    let running = await client.post(Self.wait, headers)
    #expect(try await running.message()?["params"]?["data"] == "begun")
    async let drained: Void = endpoint.conversations.drain(within: .seconds(60))
    while !(await endpoint.conversations.isDraining) { await Task.yield() }
    #expect(await client.open(.get, "/readyz").status == 503)
    #expect(await client.open(.get, "/healthz").status == 200)
    for reply in [
      await client.post(Requests.initialize()), await client.post(Requests.plain("ping"), headers),
      await client.modern(Requests.modern("tools/list")),
    ] {
      #expect(reply.status == 503)
      #expect(reply.headers[.retryAfter] == "5")
    }
    endpoint.tools.release.open()
    #expect(try await running.message()?["result"]?["content"]?.arrayValue?.first?["text"] == "released")
    await drained
  }
}
