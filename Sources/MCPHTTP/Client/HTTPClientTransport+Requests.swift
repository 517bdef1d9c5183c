internal import HTTPTypes
internal import MCP
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import SystemPackage
internal import SystemSupport

extension HTTPClientTransport {
  /// Sends a message and takes the answer.
  ///
  /// - Parameters:
  ///   - id: The request's id; nil for a message that gets no answer.
  ///   - method: The request's method; nil for a message that gets no answer.
  ///   - isRepeated: True when the message was refused before, in a session that had ended.
  func post(
    _ bytes: [UInt8], _ fields: HTTPFields, id: RequestID?, method: String?, isRepeated: Bool = false
  ) async {
    var fields = fields
    if let renewal, method != "initialize" {
      // The message has not gone out yet, so it belongs to the session that is being opened.
      _ = await renewal.value
      fields[.mcpSessionID] = state.id
    }
    let headers = self.headers(fields)
    var exchange = HTTPExchange(requestHeaders: Self.visible(headers))
    if let id { observer(id, exchange) }
    do {
      let response = try await execute(.POST, headers, body: bytes)
      exchange.status = Int(response.status.code)
      exchange.responseHeaders = Self.visible(response.headers)
      if let id { observer(id, exchange) }
      if response.status == .notFound, !isRepeated, let session = fields[.mcpSessionID], await renew(session)
      {
        // The server refused the request before any part of it had begun, so it may be sent again.
        fields[.mcpSessionID] = state.id
        return await post(bytes, fields, id: id, method: method, isRepeated: true)
      }
      if method == "initialize" { state.id = response.headers.first(name: "Mcp-Session-Id") }
      try await take(response, id: id, method: method)
    } catch let error where !(error is CancellationError) && !Task.isCancelled {
      end("cannot be reached at \(target.url): \(Self.reason(error))")
    } catch {}
  }

  private func take(_ response: ClientResponse, id: RequestID?, method: String?) async throws {
    let type = response.headers.first(name: "Content-Type")?.lowercased() ?? ""
    switch response.status.code {
    case 200..<300 where type.hasPrefix("text/event-stream"):
      try await takeEvents(response, id: id, method: method)
    case 200..<300:
      let body = try await body(of: response)
      guard !body.isEmpty else {
        if let id { await fail(id, "answered a request with HTTP \(response.status.code) and nothing else") }
        return
      }
      let answered = await deliver(body, method: method)
      guard let id, answered != .to(id), answered != .toUnknown else { return }
      await fail(id, "answered with HTTP \(response.status.code), but not to this request")
    default:
      try await takeRefusal(response, id: id)
    }
  }

  /// Takes an error of HTTP. It ends the conversation if the next requests would fail, too.
  private func takeRefusal(_ response: ClientResponse, id: RequestID?) async throws {
    let body = try await body(of: response)
    let status = "HTTP \(response.status.code) \(response.status.reasonPhrase)"
    let answered = (try? JSON(parsing: body)).flatMap { try? Message($0) }
    var error: RPCError?
    if case .error(_, let said)? = answered { error = said }
    switch response.status {
    case .unauthorized, .forbidden:
      return end("refused the connection: \(error?.message ?? status) (\(status))")
    case .notFound where state.id != nil:
      return end("has ended the session (\(status))")
    default: break
    }
    guard let id else { return }
    if let error {
      await deliver(Message.error(id: id, error).json.encoded)
    } else {
      await fail(id, "answered with \(status)")
    }
  }

  /// Settles a request that will get no answer.
  func fail(_ id: RequestID, _ reason: String) async {
    await deliver(Message.error(id: id, .internalError("The server \(reason).")).json.encoded)
  }

  /// Hands on a message and learns from it.
  ///
  /// - Returns: The request that the message answers.
  @discardableResult
  func deliver(_ bytes: [UInt8], method: String?) async -> Answered {
    let message = (try? JSON(parsing: bytes)).flatMap { try? Message($0) }
    if case .result(_, let result)? = message, let method { state.learn(from: result, of: method) }
    await deliver(bytes)
    return switch message {
    case .result(let id, _), .error(let id?, _): .to(id)
    case .error(nil, _): .toUnknown
    case .request, .notification, nil: .nothing
    }
  }

  /// The request that a message of the server answers.
  enum Answered: Equatable {
    case to(RequestID)
    /// A request whose id the server could not read.
    case toUnknown
    case nothing
  }

  func body(of response: ClientResponse) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await part in response.body {
      bytes += part.readableBytesView
      if let limit = maximumMessageBytes, bytes.count > limit { throw TooLarge(limit: limit) }
    }
    return bytes
  }

  private struct TooLarge: Error, CustomStringConvertible {
    let limit: Int
    var description: String { "an answer is over the limit of \(limit) bytes" }
  }

  /// The headers that people may see: credentials are secret, so their values are hidden.
  private static func visible(_ headers: HTTPHeaders) -> [HTTPTarget.Header] {
    headers.map { name, value in
      let isSecret = ["authorization", "cookie", "set-cookie", "proxy-authorization"].contains(
        name.lowercased())
      return HTTPTarget.Header(name: name, value: isSecret ? "(hidden)" : value)
    }
  }

  /// The reason of an error, in a few words for the user.
  private static func reason(_ error: any Error) -> String {
    switch error {
    case ChannelError.connectTimeout: "no answer within 10 s"
    case is ResponseReader.Closed: "it closed the connection"
    case let error as NIOConnectionError:
      error.connectionErrors.first.map { reason($0.error) } ?? "the name \(error.host) is not known"
    case let error as IOError: "\(Errno(rawValue: error.errnoCode))"
    default: "\(error)"
    }
  }
}
