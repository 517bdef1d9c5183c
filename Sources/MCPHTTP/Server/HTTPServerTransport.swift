internal import MCP

/// The server's end of a conversation whose messages come and go in HTTP requests: what is sent is sorted into the
/// streams of the requests that it belongs to.
actor HTTPServerTransport: Transport {
  nonisolated let incoming: AsyncStream<Incoming>
  private nonisolated let input: AsyncStream<Incoming>.Continuation
  /// Messages that belong to no request; nil where nobody can listen to them.
  nonisolated let own: EventStream?
  private var open: [RequestID: EventStream] = [:]
  /// Streams with all their answers, the oldest first, for clients that lost the last part.
  private var finished: [EventStream] = []
  private var lastStream = 0
  private var isClosed = false
  private let closed = Gate(isOpen: false)
  /// Open while no request is in work.
  private let idleness = Gate(isOpen: true)

  /// How many finished streams can still be resumed.
  private static let keptStreams = 16

  /// - Parameter hasOwnStream: Whether the conversation has a stream besides those of requests.
  init(hasOwnStream: Bool) {
    (incoming, input) = AsyncStream.makeStream()
    own = hasOwnStream ? EventStream(number: 0, answers: nil) : nil
  }

  // MARK: What comes from the client

  /// Opens the stream for the answers to new requests; nil if one of their ids is in use.
  func openStream(for ids: [RequestID]) -> EventStream? {
    guard !isClosed, Set(ids).count == ids.count, ids.allSatisfy({ open[$0] == nil }) else { return nil }
    lastStream += 1
    let stream = EventStream(number: lastStream, answers: ids.count)
    for id in ids { open[id] = stream }
    idleness.shut()
    return stream
  }

  /// Hands a message to the server.
  nonisolated func put(_ message: JSON) {
    input.yield(.message(message.encoded))
  }

  /// The client has no more to say; what is in work goes on.
  nonisolated func finishIncoming() {
    input.finish()
  }

  /// The stream with this number, as far as it is remembered.
  func stream(_ number: Int) -> EventStream? {
    if number == 0 { return own }
    return open.values.first { $0.number == number } ?? finished.first { $0.number == number }
  }

  var isIdle: Bool { open.isEmpty }

  /// Returns when no request is in work, or the task is cancelled.
  nonisolated func idle() async { await idleness.pass() }

  private func close(_ id: RequestID) -> EventStream? {
    let stream = open.removeValue(forKey: id)
    if open.isEmpty { idleness.open() }
    return stream
  }

  // MARK: Transport

  func send(_ message: [UInt8]) async throws { try await send(message, as: .unrelated) }

  func send(_ message: [UInt8], as role: MessageRole) async throws {
    guard !isClosed else { throw TransportError.closed }
    switch role {
    case .unrelated:
      await own?.append(message)
    case .during(let id):
      await (open[id] ?? own)?.append(message)
    case .answer(let id, let error):
      guard let stream = close(id) else { return }
      if !open.values.contains(where: { $0 === stream }), own != nil { remember(stream) }
      await stream.append(message, answer: EventLog.Answer(error: error))
    }
  }

  /// The stream ends without an answer and cannot be resumed: there is nothing more to hear.
  func dropped(_ request: RequestID) async {
    await close(request)?.skipAnswer()
  }

  func close() async {
    isClosed = true
    input.finish()
    let streams = Array(open.values) + finished + (own.map { [$0] } ?? [])
    open = [:]
    finished = []
    for stream in streams { await stream.finish() }
    idleness.open()
    closed.open()
  }

  nonisolated func outputClosed() async { await closed.pass() }

  private func remember(_ stream: EventStream) {
    finished.append(stream)
    if finished.count > Self.keptStreams { finished.removeFirst() }
  }
}
