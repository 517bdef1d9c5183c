internal import HTTPTypes
public import MCP
internal import NIOCore
internal import NIOHTTP1
internal import SystemSupport

/// The client's end of Streamable HTTP, for servers of both eras.
///
/// Every message is a request of its own. The messages in all responses become one stream, ``incoming``. A lost
/// connection is resumed where the server allows it.
///
/// The actor guards the session's state and the requests in work from the sender and the tasks that read responses.
public actor HTTPClientTransport: Transport {
  /// Gets the status and headers of a request's exchange. It is called when the request is sent, and again with the
  /// response's head, before the answer comes.
  public typealias Observer = @Sendable (MCP.RequestID, HTTPExchange) -> Void

  /// The messages of the server, from all responses. It ends with the connection.
  public nonisolated let incoming: AsyncStream<Incoming>
  /// The most bytes of a message from the server.
  public nonisolated let maximumMessageBytes: Int?
  nonisolated let inbox: Inbox
  let target: HTTPTarget
  let observer: Observer
  /// The client that sends the requests; nil for a URL that names no HTTP server.
  let client: HTTPClient?
  var state = ClientSessionState()
  private var requests: [RequestID: Task<Void, Never>] = [:]
  /// The requests that the server has been told to drop. It owes no answer to them, so none is missed.
  var cancelled: Set<RequestID> = []
  private var listening: Task<Void, Never>?
  /// The messages that the session began with; nil before.
  var opening: Opening?
  /// The task that begins another session. There is at most one, for all requests that met the session's end.
  var renewal: Task<Bool, Never>?
  private var ending: String?
  private nonisolated let ended = Gate(isOpen: false)
  private var isClosed = false

  /// - Parameters:
  ///   - target: The server, and the headers that every request has.
  ///   - maximumMessageBytes: The most bytes of a message from the server. A longer one ends the connection.
  ///   - observer: Called for each request. It must not block.
  /// Makes a transport that sends nothing before the first message.
  ///
  public init(
    _ target: HTTPTarget, maximumMessageBytes: Int = 64 << 20, observer: @escaping Observer = { _, _ in }
  ) {
    self.target = target
    self.maximumMessageBytes = maximumMessageBytes
    self.observer = observer
    inbox = Inbox(limit: 1 << 20)
    incoming = inbox.stream
    client = try? HTTPClient(url: target.url)
  }

  // MARK: Transport

  /// Sends a message as a request of its own. A request's answer comes by ``incoming``.
  ///
  /// - Throws: `TransportError.closed` once the connection has ended.
  public func send(_ bytes: [UInt8]) async throws {
    guard !isClosed, ending == nil else { throw TransportError.closed }
    let message = (try? JSON(parsing: bytes)).flatMap { try? Message($0) }
    note(message, bytes)
    switch message {
    case .request(let id, let method, _)?:
      let headers = state.headers(for: message)
      requests[id] = Task {
        await post(bytes, headers, id: id, method: method)
        requests[id] = nil
        cancelled.remove(id)
      }
    case .notification("notifications/cancelled", let params)?:
      let id = params["requestId"].flatMap(RequestID.init)
      // In the stateless era hanging up is the way to cancel.
      if isModern, let id { return requests[id]?.cancel() ?? () }
      if let id { cancelled.insert(id) }
      await post(bytes, state.headers(for: message), id: nil, method: nil)
    case .notification("notifications/initialized", _)?:
      await post(bytes, state.headers(for: message), id: nil, method: nil)
      listen()
    case .notification?, .result?, .error?, nil:
      await post(bytes, state.headers(for: message), id: nil, method: nil)
    }
  }

  /// Ends all requests and the session, and waits at most two seconds for the server to take that in.
  public func close() async {
    guard !isClosed else { return }
    isClosed = true
    for task in requests.values { task.cancel() }
    listening?.cancel()
    if state.id != nil, ending == nil {
      await deleteSession()
    }
    inbox.finish()
    ended.open()
    client?.shutdown()
  }

  /// The reason why the connection ended, in words that follow "The server"; nil while it lasts.
  public func endOfPeer() async -> String? { ending }

  /// The reason why the connection ended, in words that follow "The server". It waits for the end, and is nil when
  /// the connection was closed from here.
  public var termination: String? {
    get async {
      await ended.pass()
      return ending
    }
  }

  // MARK: Inside

  /// True when no revision was agreed on by `initialize`: then every request stands alone.
  var isModern: Bool { state.revision == nil }

  /// Ends the connection, since no more can come. The words of `reason` follow "The server".
  func end(_ reason: String) {
    guard ending == nil, !isClosed else { return }
    ending = reason
    for task in requests.values { task.cancel() }
    listening?.cancel()
    inbox.finish()
    ended.open()
  }

  /// Hands a message of the server to the consumer, and waits while the consumer is behind.
  func deliver(_ bytes: [UInt8]) async {
    inbox.put(.message(bytes))
    await inbox.room.pass()
  }

  /// The headers of a request: those of the protocol, and those that the user gave in their place or besides.
  func headers(_ fields: HTTPFields) -> HTTPHeaders {
    var headers = HTTPHeaders()
    for field in fields { headers.add(name: field.name.rawName, value: field.value) }
    for header in target.headers { headers.replaceOrAdd(name: header.name, value: header.value) }
    return headers
  }

  /// - Throws: ``HTTPClient/WrongURL`` and the errors of the connection.
  func execute(
    _ method: HTTPMethod, _ headers: HTTPHeaders, body: [UInt8] = []
  ) async throws -> ClientResponse {
    guard let client else { throw HTTPClient.WrongURL() }
    return try await client.execute(method, headers, body: body)
  }

  /// Tells the server that its session is over. It waits at most two seconds for the answer.
  private func deleteSession() async {
    var headers = headers(state.headers(for: nil))
    headers.remove(name: "Content-Type")
    await withTaskGroup { [headers] group in
      group.addTask { _ = try? await self.execute(.DELETE, headers) }
      group.addTask { try? await Task.sleep(for: .seconds(2)) }
      await group.next()
      group.cancelAll()
    }
  }

  /// Reads the own stream of a new session that has replaced another one.
  func listenAgain() {
    listening?.cancel()
    listening = nil
    listen()
  }

  /// Reads the session's own stream, with the messages that belong to no request.
  private func listen() {
    guard listening == nil, state.id != nil else { return }
    listening = Task { await listenToAll() }
  }
}
