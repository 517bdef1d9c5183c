internal import HTTPTypes

/// What tells a browser that pages of another site may use the endpoint (Fetch, CORS). Whether they may is up to
/// ``HostPolicy``. Pure.
enum CrossOrigin {
  /// For the response to a request with an allowed origin.
  static func headers(for origin: String) -> HTTPFields {
    [
      .accessControlAllowOrigin: origin, .vary: "Origin",
      .accessControlExposeHeaders: "Mcp-Session-Id, WWW-Authenticate, Retry-After",
    ]
  }

  /// For the answer to the question that a browser asks before the request itself, which bears no credentials.
  static func preflight(methods: String, asked headers: String?) -> HTTPFields {
    var fields: HTTPFields = [.accessControlAllowMethods: methods, .accessControlMaxAge: "600"]
    // Everything that may be sent is checked when it is.
    fields[.accessControlAllowHeaders] = headers
    return fields
  }

  /// Whether a request is such a question.
  static func isPreflight(_ method: HTTPRequest.Method, _ headers: HTTPFields) -> Bool {
    method == .options && headers[.origin] != nil && headers[.accessControlRequestMethod] != nil
  }
}
