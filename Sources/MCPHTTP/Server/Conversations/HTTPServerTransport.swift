internal import MCP
internal import SystemSupport

/// The server's end of a conversation whose messages come and go in HTTP requests.
///
/// A message that is sent goes into the stream of the request that it belongs to.
///
/// The actor guards the list of streams from the HTTP requests, which open them, and the conversation, which writes.
actor HTTPServerTransport: Transport {
  nonisolated let incoming: AsyncStream<Incoming>
  private nonisolated let input: AsyncStream<Incoming>.Continuation
  /// The stream of messages that belong to no request; nil where no client can listen to it.
  nonisolated let own: EventStream?
  private var open: [RequestID: EventStream] = [:]
  /// The streams with all their answers, the oldest first, for clients that lost the last part.
  private var finished: [EventStream] = []
  private var lastStream = 0
  private var isClosed = false
  private let closed = Gate(isOpen: false)
  /// A gate that is open while no request is in work.
  private let idleness = Gate(isOpen: true)

  /// The number of finished streams that can still be resumed.
  private static let keptStreams = 16

  /// - Parameter hasOwnStream: True when the conversation has a stream besides those of requests.
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
  nonisolated func put(_ message: Message) {
    input.yield(.decoded(message))
  }

  /// Notes that the client has no more to say. Calls that are in work go on.
  nonisolated func finishIncoming() {
    input.finish()
  }

  /// The stream with this number; nil when it is not kept any more.
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
    case .answer(let id, let error, let revision):
      guard let stream = close(id) else { return }
      if !open.values.contains(where: { $0 === stream }), own != nil { remember(stream) }
      await stream.append(message, answer: EventLog.Answer(error: error, revision: revision))
    }
  }

  /// Ends the stream of a request that gets no answer. It cannot be resumed, since no message is left in it.
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
