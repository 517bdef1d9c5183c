public import MCP
public import SystemSupport

/// A request paired with its response, or its absence.
public struct Exchange: Sendable {
  public enum State: String, Sendable, Hashable, CaseIterable {
    /// No response so far.
    case pending
    case done
    /// Answered by an error, or by a tool's result that says so.
    case error
    /// `notifications/cancelled` came before a response.
    case cancelled
  }

  public let number: Int
  public let id: RequestID
  public let method: String
  public let subject: String?
  /// Which way the request went.
  public let direction: Direction
  /// The entry of the request.
  public let request: Int
  public let start: Date
  /// The entry of the response.
  public internal(set) var response: Int?
  /// The entry of the `notifications/cancelled`.
  public internal(set) var cancellation: Int?
  public internal(set) var end: Date?
  public internal(set) var state = State.pending
  /// What HTTP adds, where the messages go over it.
  public var http: HTTPDetails?

  var lastEntry: Int { max(request, response ?? request, cancellation ?? request) }

  /// Seconds from request to response.
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
