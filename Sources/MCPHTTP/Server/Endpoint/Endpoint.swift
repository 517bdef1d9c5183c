internal import HTTPTypes
internal import HummingbirdCore
internal import Logging
internal import MCP
internal import NIOCore
internal import SystemSupport

/// Answers the requests for the MCP endpoint, and those of operators for health, readiness and metrics.
struct Endpoint: Sendable {
  static let path = "/mcp"

  let options: HTTPServerOptions
  let conversations: Conversations
  let logger: Logger
  let bodies: BodyBudget
  let mirrored: [String: MirroredArguments]

  init(options: HTTPServerOptions, conversations: Conversations, logger: Logger) {
    self.options = options
    self.conversations = conversations
    self.logger = logger
    bodies = BodyBudget(bytes: options.bodyBudget)
    mirrored = Dictionary(
      options.tools.map { ($0.name, MirroredArguments(inputSchema: $0.inputSchema)) },
      uniquingKeysWith: { $1 })
  }

  func respond(to request: Request, _ context: HTTPContext) async -> Response {
    let start = ContinuousClock.now
    var response: Response
    do {
      try checkCoding(request)
      try checkSite(request)
      response = await self.response(to: request, context)
      if let origin = request.headers[.origin] {
        response.headers.append(contentsOf: CrossOrigin.headers(for: origin))
      }
    } catch {
      response = refused(error)
    }
    logger.debug(
      "request",
      metadata: [
        "method": "\(request.method)", "path": "\(request.uri.path)", "status": "\(response.status.code)",
        "duration": "\(ContinuousClock.now - start)",
      ])
    return request.method == .head ? response.createHeadResponse() : response
  }

  private func response(to request: Request, _ context: HTTPContext) async -> Response {
    // Clients and proxies add a slash at will.
    let path = request.uri.path == Self.path + "/" ? Self.path : request.uri.path
    do {
      if path == Self.path, CrossOrigin.isPreflight(request.method, request.headers) {
        let asked = request.headers[.accessControlRequestHeaders]
        return Response(
          status: .noContent, headers: CrossOrigin.preflight(methods: methods, asked: asked))
      }
      switch path {
      case "/healthz": return try await only(.get, request, Response(plain: "ok\n"))
      case "/readyz": return try await only(.get, request, await readiness())
      default: break
      }
      try checkToken(request)
      switch (path, request.method) {
      case ("/metrics", _): return try await only(.get, request, Response(plain: options.metrics()))
      case (Self.path, .post): return try await post(request, context)
      case (Self.path, .get) where !options.isStateless: return try await get(request, context)
      case (Self.path, .delete) where !options.isStateless: return try await delete(request)
      case (Self.path, _): throw Self.wrongMethod(methods)
      default:
        throw Refusal(.notFound, .invalidRequest("There is nothing here: the endpoint is \(Self.path)."))
      }
    } catch let refusal as Refusal {
      return refused(refusal)
    } catch let error as RPCError {
      return refused(Refusal(error))
    } catch {
      logger.error("a request failed", metadata: ["error": "\(error)"])
      return Refusal(.internalError("The request failed.")).response
    }
  }

  /// The methods that the endpoint allows.
  private var methods: String { options.isStateless ? "POST" : "GET, POST, DELETE" }

  private func refused(_ refusal: Refusal) -> Response {
    logger.debug("refused", metadata: ["reason": "\(refusal.error.message)"])
    return refusal.response
  }

  // MARK: Checks that come before everything else

  /// Refuses transfer codings other than `chunked`, which the server cannot read (RFC 9112, 6.1).
  private func checkCoding(_ request: Request) throws(Refusal) {
    let fields = request.headers[values: .transferEncoding]
    guard !fields.isEmpty else { return }
    let codings = fields.joined(separator: ",").split(separator: ",").map { String($0).trimmingWhitespace() }
      .filter { !$0.isEmpty }
    guard !codings.isEmpty else { throw .unreadable(.badRequest, "The Transfer-Encoding header is empty.") }
    if let coding = codings.first(where: { $0.lowercased() != "chunked" }) {
      throw .unreadable(.notImplemented, "The transfer coding \(coding) is not supported.")
    }
  }

  private func checkSite(_ request: Request) throws(Refusal) {
    // A program in front may choose another one of several hosts than the server does (RFC 9112, 3.2).
    guard !request.headers.contains(where: { $0.name.canonicalName == "host" }) else {
      throw Refusal(.badRequest, .invalidRequest("The Host header is given more than once."))
    }
    guard let host = request.head.authority, HostName(host) != nil else {
      throw Refusal(.badRequest, .invalidRequest("The Host header is missing or malformed."))
    }
    if let reason = options.policy.refusal(host: host, origin: request.headers[.origin]) {
      throw Refusal(.forbidden, .invalidRequest(reason))
    }
  }

  private func checkToken(_ request: Request) throws(Refusal) {
    guard let token = options.token else { return }
    let authorization = request.headers[.authorization]
    guard !token.isPresented(by: authorization) else { return }
    let problem = authorization == nil ? "" : ", error=\"invalid_token\""
    throw Refusal(
      .unauthorized, .invalidRequest("A bearer token is needed in the Authorization header."),
      headers: [.wwwAuthenticate: "Bearer realm=\"mcp-run-python\"\(problem)"])
  }

  private func only(
    _ method: HTTPRequest.Method, _ request: Request, _ response: @autoclosure () async -> Response
  ) async throws -> Response {
    guard request.method == method || request.method == .head else { throw Self.wrongMethod(method.rawValue) }
    return await response()
  }

  /// The answer of `/readyz`: new sessions can begin, or cannot yet, or not any more.
  private func readiness() async -> Response {
    if await conversations.isDraining { return Response(plain: "shutting down\n", .serviceUnavailable) }
    return await options.isReady()
      ? Response(plain: "ready\n") : Response(plain: "starting\n", .serviceUnavailable)
  }

  private static func wrongMethod(_ allowed: String) -> Refusal {
    Refusal(
      .methodNotAllowed, .invalidRequest("Only \(allowed) is possible here."), headers: [.allow: allowed])
  }
}

extension Response {
  fileprivate init(plain text: String, _ status: HTTPResponse.Status = .ok) {
    self.init(
      status: status, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
