public import MCP
public import SystemSupport

/// A request paired with its response, or its absence.
public struct Exchange: Sendable {
  public enum State: String, Sendable, Hashable, CaseIterable {
    /// There is no response so far.
    case pending
    case done
    /// The answer is an error, or a tool's result that says so.
    case error
    /// A `notifications/cancelled` came before a response.
    case cancelled
  }

  public let number: Int
  public let id: RequestID
  public let method: String
  public let subject: String?
  /// The direction of the request.
  public let direction: Direction
  /// The number of the request's entry.
  public let request: Int
  public let start: Date
  /// The number of the response's entry.
  public internal(set) var response: Int?
  /// The number of the entry of the `notifications/cancelled`.
  public internal(set) var cancellation: Int?
  public internal(set) var end: Date?
  public internal(set) var state = State.pending
  /// The HTTP details, where the messages go over HTTP.
  public var http: HTTPDetails?

  var lastEntry: Int { max(request, response ?? request, cancellation ?? request) }

  /// The seconds from request to response.
  public var latency: TimeInterval? { end.map { max(0, $0.timeIntervalSince(start)) } }
}

/// The HTTP request and response around an exchange.
public struct HTTPDetails: Sendable, Hashable {
  public struct Header: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public var status: Int?
  public var requestHeaders: [Header]
  public var responseHeaders: [Header]

  public init(status: Int? = nil, requestHeaders: [Header] = [], responseHeaders: [Header] = []) {
    self.status = status
    self.requestHeaders = requestHeaders
    self.responseHeaders = responseHeaders
  }
}
