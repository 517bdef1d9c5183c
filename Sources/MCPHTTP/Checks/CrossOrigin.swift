internal import HTTPTypes

/// The headers that tell a browser that pages of another site may use the endpoint (Fetch, CORS).
///
/// ``HostPolicy`` decides which sites may. The type is pure.
enum CrossOrigin {
  /// The headers of a response to a request with an allowed origin.
  static func headers(for origin: String) -> HTTPFields {
    [
      .accessControlAllowOrigin: origin, .vary: "Origin",
      .accessControlExposeHeaders: "Mcp-Session-Id, WWW-Authenticate, Retry-After",
    ]
  }

  /// The headers of the answer to a preflight, which a browser sends before the request itself and without
  /// credentials.
  static func preflight(methods: String, asked headers: String?) -> HTTPFields {
    var fields: HTTPFields = [.accessControlAllowMethods: methods, .accessControlMaxAge: "600"]
    // Any header may be announced: each is checked when the request itself comes.
    fields[.accessControlAllowHeaders] = headers
    return fields
  }

  /// True for a preflight: a browser asks whether the request itself may be sent.
  static func isPreflight(_ method: HTTPRequest.Method, _ headers: HTTPFields) -> Bool {
    method == .options && headers[.origin] != nil && headers[.accessControlRequestMethod] != nil
  }
}
