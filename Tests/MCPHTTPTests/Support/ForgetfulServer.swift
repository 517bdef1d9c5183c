import HTTPTypes
import HummingbirdCore
import Logging
import MCP
import NIOCore
import NIOPosix
import ServiceLifecycle
import SystemSupport

@testable import MCPHTTP

/// A server of 2025-11-25 that loses its first session while calls wait in it, and then keeps its second.
actor ForgetfulServer {
  /// The tool whose call begins: its answer is a stream, which the end of the session cuts off.
  static let begun = "begun"

  /// The ids of the calls that came, by session; "" is none.
  private(set) var calls: [String: [RequestID]] = [:]
  private(set) var sessions = 0
  /// Open once another session is asked for; that is answered when `mayRenew` is.
  let isRenewing = Gate(isOpen: false)
  let mayRenew = Gate(isOpen: false)
  private let isLost = Gate(isOpen: false)
  private let crowd: Int

  /// - Parameter crowd: The number of calls that wait when the first session is lost.
  init(crowd: Int) {
    self.crowd = crowd
  }

  /// Serves on a port of this machine while `body` runs.
  func whileServing(_ body: @escaping @Sendable (_ url: String) async throws -> Void) async throws {
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let server = try HTTPServerBuilder.http1().buildServer(
      configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet,
      responder: { [self] request, writer, _ in
        let response = await answer(request)
        try await writer.write(response: response.head, body: response.body)
      },
      onServerRunning: { port.yield($0.localAddress?.port ?? 0) })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try? await server.run() }
      for await port in ports {
        try await body("http://127.0.0.1:\(port)/mcp")
        break
      }
      group.cancelAll()
    }
  }

  private func answer(_ request: Request) async -> Response {
    let session = request.headers[.mcpSessionID] ?? ""
    guard request.method == .post else { return Response(status: .methodNotAllowed) }
    guard let body = try? await request.body.collect(upTo: 1 << 20),
      let json = try? JSON(parsing: Array(body.readableBytesView)),
      case .request(let id, let method, let params)? = try? Message(json)
    else { return Response(status: .accepted) }
    switch method {
    case "initialize": return await open(id)
    case "tools/call":
      calls[session, default: []].append(id)
      return await call(id, params["name"]?.stringValue, in: session)
    default: return Self.result(id, [:])
    }
  }

  private func open(_ id: RequestID) async -> Response {
    sessions += 1
    let name = "session \(sessions)"
    if sessions > 1 {
      isRenewing.open()
      await mayRenew.pass()
    }
    var response = Self.result(id, ["protocolVersion": "2025-11-25", "capabilities": [:]])
    response.headers[.mcpSessionID] = name
    return response
  }

  private func call(_ id: RequestID, _ tool: String?, in session: String) async -> Response {
    guard session == "session 1" else {
      return session.isEmpty ? Response(status: .badRequest) : Self.result(id, ["content": []])
    }
    if calls[session]?.count == crowd { isLost.open() }
    guard tool == Self.begun else {
      await isLost.pass()
      return Response(status: .notFound)
    }
    return Response(
      status: .ok, headers: [.contentType: "text/event-stream"],
      body: ResponseBody { [isLost] writer in
        try await writer.write(ByteBuffer(string: "id: 1-0\nretry: 1\ndata:\n\n"))
        await isLost.pass()
        try await writer.finish(nil)
      })
  }

  private static func result(_ id: RequestID, _ result: JSON) -> Response {
    Response(json: Message.result(id: id, result).json.encoded)
  }
}
