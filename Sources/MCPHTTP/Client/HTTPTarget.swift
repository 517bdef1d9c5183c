/// A server to talk to over Streamable HTTP.
public struct HTTPTarget: Sendable, Hashable {
  /// The address of the endpoint, such as `http://127.0.0.1:3001/mcp`.
  public var url: String
  /// The headers that are sent with every request, besides those of the protocol.
  public var headers: [Header]

  /// One header of a request or response.
  public struct Header: Sendable, Hashable {
    /// The name of the header, in any case.
    public var name: String
    /// The value of the header.
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public init(url: String, headers: [Header] = []) {
    self.url = url
    self.headers = headers
  }
}

/// The parts of an exchange that are HTTP's, not the messages': the status and the headers.
public struct HTTPExchange: Sendable, Hashable {
  /// The status of the response, such as 200; nil while there is none.
  public var status: Int?
  /// The headers that were sent. Credentials are hidden.
  public var requestHeaders: [HTTPTarget.Header]
  /// The headers that came back. Credentials are hidden.
  public var responseHeaders: [HTTPTarget.Header] = []
}
