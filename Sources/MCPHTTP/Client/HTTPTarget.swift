/// A server to talk to over Streamable HTTP.
public struct HTTPTarget: Sendable, Hashable {
  public var url: String
  /// Sent with every request, besides those of the protocol.
  public var headers: [Header]

  public struct Header: Sendable, Hashable {
    public var name: String
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

/// What HTTP adds to an exchange of messages.
public struct HTTPExchange: Sendable, Hashable {
  /// nil while there is no response.
  public var status: Int?
  public var requestHeaders: [HTTPTarget.Header]
  public var responseHeaders: [HTTPTarget.Header] = []
}
