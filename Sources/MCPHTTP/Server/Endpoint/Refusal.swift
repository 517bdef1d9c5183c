internal import HTTPTypes
internal import HummingbirdCore
internal import MCP
internal import NIOCore

/// The refusal of a request: it is answered with an error at once.
struct Refusal: Error, Sendable {
  var status: HTTPResponse.Status
  var error: RPCError
  /// The request's id; nil when it could not be read.
  var id: RequestID?
  var headers: HTTPFields = [:]
  /// True when the connection ends after the answer, since the rest of the body is not read.
  var closesConnection = false

  init(_ status: HTTPResponse.Status, _ error: RPCError, id: RequestID? = nil, headers: HTTPFields = [:]) {
    self.status = status
    self.error = error
    self.id = id
    self.headers = headers
  }

  /// Makes a refusal with the status that goes with the error (2026-07-28, Streamable HTTP).
  init(_ error: RPCError, id: RequestID? = nil) {
    self.init(error.httpStatus, error, id: id, headers: error.httpHeaders)
  }

  /// A refusal for a body whose end, and so the next request's beginning, is not known.
  static func unreadable(_ status: HTTPResponse.Status, _ reason: String) -> Self {
    var refusal = Self(status, .invalidRequest(reason))
    refusal.closesConnection = true
    return refusal
  }

  var response: Response {
    var headers = headers
    headers[.contentType] = "application/json"
    if closesConnection { headers[.connection] = "close" }
    let body = Message.error(id: id, error).json.encoded
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
  }
}

extension RPCError {
  /// The status of an answer that consists of this error.
  var httpStatus: HTTPResponse.Status {
    switch code {
    case Self.methodNotFoundCode: .notFound
    case Self.internalErrorCode: retryAfter == nil ? .internalServerError : .serviceUnavailable
    case Self.parseErrorCode, Self.invalidRequestCode, Self.invalidParamsCode, Self.headerMismatchCode,
      Self.missingClientCapabilityCode, Self.unsupportedProtocolVersionCode:
      .badRequest
    default: .ok
    }
  }

  /// The same for a client of the legacy era. It takes any status but 200 for a broken connection. Therefore it gets
  /// 200, unless it is told to try again.
  var legacyStatus: HTTPResponse.Status { retryAfter == nil ? .ok : httpStatus }

  var httpHeaders: HTTPFields {
    retryAfter.map { [.retryAfter: String($0)] } ?? [:]
  }
}
