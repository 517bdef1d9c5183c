internal import HTTPTypes
internal import HummingbirdCore
internal import MCP
internal import NIOCore

extension Endpoint {
  /// Answers a POST, which carries messages of the client (Streamable HTTP, Sending Messages).
  func post(_ request: Request, _ context: HTTPContext) async throws -> Response {
    guard MediaRanges.isJSON(request.headers[.contentType] ?? "") else {
      throw Refusal(.unsupportedMediaType, .invalidRequest("The Content-Type must be application/json."))
    }
    let accepted = MediaRanges(request.headers[values: .accept].joined(separator: ","))
    guard accepted.allow("application", "json"), accepted.allow("text", "event-stream") else {
      throw Refusal(
        .notAcceptable, .invalidRequest("The Accept header must list application/json and text/event-stream.")
      )
    }
    let share = BodyShare(of: bodies)
    defer { share.giveBack() }
    let json = try parse(try await bytes(of: request, share))
    let version = try version(of: request, json)
    let body = PostedBody(json)
    if version?.era == .modern || body.isModernRequest {
      return try await postModern(body, request, context)
    }
    if options.isStateless { return try await postAlone(body, version ?? .v2025_03_26, request, context) }
    return try await postInSession(body, request, context)
  }

  private func parse(_ bytes: [UInt8]) throws(Refusal) -> JSON {
    do {
      return try JSON(parsing: bytes)
    } catch {
      throw Refusal(.badRequest, .parseError("The body is not JSON: \(error)"))
    }
  }

  /// The revision that the header names; nil without one.
  func version(of request: Request, _ json: JSON = .null) throws(Refusal) -> Revision? {
    guard let name = request.headers[.mcpProtocolVersion] else { return nil }
    if let revision = Revision(rawValue: name) { return revision }
    let id = Message.identifier(in: json)
    // A request that disagrees with itself is refused for that first.
    if let said = json["params"]?["_meta"]?[MetaKey.protocolVersion]?.stringValue, said != name {
      throw Refusal(.headerMismatch("MCP-Protocol-Version is '\(name)', but the body says '\(said)'"), id: id)
    }
    throw Refusal(
      .unsupportedProtocolVersion(requested: name), id: id)
  }

  /// Reads the bytes of the body. It throws as soon as the body is too long or the bodies of all requests take too much.
  private func bytes(of request: Request, _ share: BodyShare) async throws -> [UInt8] {
    let limit = options.maximumBodyBytes
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw tooLarge
    }
    var bytes: [UInt8] = []
    do {
      for try await part in request.body {
        guard bytes.count + part.readableBytes <= limit else { throw tooLarge }
        guard share.take(part.readableBytes) else { throw tooMuch }
        bytes.append(contentsOf: part.readableBytesView)
      }
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      // Only the bytes that the client sends can be wrong here.
      throw Refusal.unreadable(.badRequest, "The body cannot be read: \(error)")
    }
    return bytes
  }

  private var tooLarge: Refusal {
    .unreadable(.contentTooLarge, "The body is over the limit of \(options.maximumBodyBytes) bytes.")
  }

  /// The refusal of a body for which the bodies of other requests leave no room.
  private var tooMuch: Refusal {
    var refusal = Refusal.unreadable(
      .serviceUnavailable, "The server has too many requests in work; try again.")
    refusal.headers[.retryAfter] = "1"
    return refusal
  }
}
