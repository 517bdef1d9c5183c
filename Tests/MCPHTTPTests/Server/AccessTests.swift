import HTTPTypes
import HummingbirdCore
import MCP
import NIOCore
import NIOEmbedded
import Testing

@testable import MCPHTTP

@Suite struct AccessTests {
  private static let list = Requests.modern("tools/list")

  @Test(arguments: [
    ("Accept", "*/*"), ("Accept", "application/*;q=0.5, text/*"),
    ("Content-Type", "Application/JSON; charset=utf-8"), ("Origin", "http://localhost:1234"),
    ("Mcp-Session-Id", "from another time"), ("Mcp-Name", "=?base64?eA==?="),
  ])
  func aRightRequestIsNotRefused(_ name: String, _ value: String) async throws {
    var headers = Requests.headers(for: Self.list)
    headers[try #require(HTTPField.Name(name))] = value
    let reply = try await TestEndpoint().client().post(Self.list, headers)
    #expect(reply.status == 200)
    #expect(try await reply.json()["result"]?["tools"]?.arrayValue?.count == TestTools.offered.count)
  }

  @Test(arguments: ["localhost:99", "127.0.0.1", "[::1]:3001"])
  func thisMachineHasManyNames(_ host: String) async throws {
    let reply = try await TestEndpoint().client().open(
      headers: Requests.headers(for: Self.list), host: host, JSON.object(Self.list).encoded)
    #expect(reply.status == 200)
  }

  @Test func aHeaderMayComeTwiceWhereListsAreAllowedOnly() async throws {
    let client = try await TestEndpoint().client()
    var headers = Requests.headers(for: Self.list)
    headers[.accept] = "application/json"
    headers.append(HTTPField(name: .accept, value: "text/event-stream"))
    #expect(await client.post(Self.list, headers).status == 200)
    headers.append(HTTPField(name: .mcpMethod, value: "tools/list"))
    let reply = await client.post(Self.list, headers)
    #expect(reply.status == 400)
    #expect(try await reply.json()["error"]?["code"] == -32020)
  }

  @Test(
    arguments: [
      (nil, 401, "Bearer realm=\"mcp-run-python\""),
      ("Bearer wrong", 401, "Bearer realm=\"mcp-run-python\", error=\"invalid_token\""),
      ("Basic secret", 401, "Bearer realm=\"mcp-run-python\", error=\"invalid_token\""),
      ("Bearer secret", 200, nil), ("bearer  secret", 200, nil),
    ] as [(String?, Int, String?)])
  func aTokenIsAskedFor(_ authorization: String?, _ status: Int, _ challenge: String?) async throws {
    let client = try await TestEndpoint { $0.token = BearerToken("secret") }.client()
    var headers = Requests.headers(for: Self.list)
    headers[.authorization] = authorization
    let reply = await client.post(Self.list, headers)
    #expect(reply.status == status)
    #expect(reply.headers[.wwwAuthenticate] == challenge)
    #expect(await client.open(.get, "/metrics", headers: headers).status == status)
    #expect(await client.open(.get, "/healthz").status == 200)
  }

  @Test func aBodyOverTheLimitIsRefusedByItsHeaderAndAsItComes() async throws {
    let endpoint = TestEndpoint { $0.maximumBodyBytes = 1000 }
    var headers = TestClient.usual
    headers[.contentLength] = "1001"
    let announced = try await endpoint.client().open(headers: headers)
    #expect(announced.status == 413)
    #expect(announced.headers[.connection] == "close")
    let client = try await endpoint.client()
    let parts = AsyncStream<ByteBuffer> { continuation in
      for _ in 0..<3 { continuation.yield(ByteBuffer(repeating: 0x20, count: 400)) }
    }
    let streamed = await client.open(body: RequestBody(asyncSequence: parts))
    #expect(streamed.status == 413)
    await client.channel.testingEventLoop.advanceTime(by: .seconds(31))
    try await client.channel.closeFuture.get()
  }

  @Test func aBrowserAsksBeforehandWithoutAToken() async throws {
    let client = try await TestEndpoint {
      $0.token = BearerToken("secret")
      $0.policy = HostPolicy(bindsLoopback: true, origins: ["https://app.example.org"])
    }.client()
    let headers: HTTPFields = [
      .origin: "https://app.example.org", .accessControlRequestMethod: "POST",
      .accessControlRequestHeaders: "content-type, mcp-method",
    ]
    let reply = await client.open(.options, headers: headers)
    #expect(reply.status == 204)
    #expect(reply.headers[.accessControlAllowOrigin] == "https://app.example.org")
    #expect(reply.headers[.accessControlAllowMethods] == "GET, POST, DELETE")
    #expect(reply.headers[.accessControlAllowHeaders] == "content-type, mcp-method")
    #expect(await client.open(.options, headers: [:]).status == 401)
  }

  @Test func operatorsAreTold() async throws {
    let endpoint = TestEndpoint {
      $0.isReady = { false }
      $0.metrics = { "runs 1\n" }
    }
    let client = try await endpoint.client()
    let health = await client.open(.get, "/healthz")
    #expect(health.status == 200)
    #expect(try await health.bytes() == Array("ok\n".utf8))
    #expect(await client.open(.get, "/readyz").status == 503)
    #expect(try await client.open(.get, "/metrics").bytes() == Array("runs 1\n".utf8))
    #expect(await client.open(.post, "/healthz").status == 405)
    #expect(try await client.open(.head, "/healthz").bytes().isEmpty)
    #expect(try await TestEndpoint().client().open(.get, "/readyz").bytes() == Array("ready\n".utf8))
  }
}
