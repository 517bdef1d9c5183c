import Synchronization
import SystemSupport

/// The server's end of one client's connection.
final class Connection: Sendable {
  let configuration: ServerConfiguration
  let handler: any ToolHandler
  let session: Session
  let inFlight: RequestsInFlight
  let requests = ServerRequests()
  let suspended = SuspendedCalls()
  /// The gate that opens when no more requests are read.
  let shutdown = Gate(isOpen: false)
  let transport: any Transport
  let requestStates: any RequestStateCodec

  init(
    configuration: ServerConfiguration, handler: any ToolHandler, transport: any Transport,
    session: Session = Session(), requestStates: any RequestStateCodec = PlainRequestStates()
  ) {
    self.configuration = configuration
    self.handler = handler
    self.transport = transport
    self.session = session
    self.requestStates = requestStates
    inFlight = RequestsInFlight(limit: configuration.maximumRequestsInFlight)
  }

  func run() async {
    await withDiscardingTaskGroup { calls in
      for await incoming in transport.incoming {
        await receive(incoming, running: &calls)
      }
      shutdown.open()
      requests.close()
      suspended.close()
      await drain()
      calls.cancelAll()
    }
    await transport.close()
  }

  /// Waits until all calls are done, their time is over, or no client is left to hear of them.
  private func drain() async {
    await withDiscardingTaskGroup { firstToEnd in
      let over = Gate(isOpen: false)
      for wait in [
        { await self.inFlight.idle.pass() },
        { try? await Task.sleep(for: self.configuration.drainPeriod) },
        { await self.transport.outputClosed() },
      ] as [@Sendable () async -> Void] {
        firstToEnd.addTask {
          await wait()
          over.open()
        }
      }
      await over.pass()
      firstToEnd.cancelAll()
    }
  }

  func send(_ message: Message, as role: MessageRole = .unrelated) async {
    await send(message.json(for: session.revision ?? .latest).encoded, as: role)
  }

  /// Sends a message. When nobody reads any more, it ends the conversation instead.
  func send(_ bytes: [UInt8], as role: MessageRole = .unrelated) async {
    do {
      try await transport.send(bytes, as: role)
    } catch {
      shutdown.open()
      inFlight.cancelAllTasks()
      await transport.close()
    }
  }
}

extension Connection {
  func receive(_ incoming: Incoming, running calls: inout DiscardingTaskGroup) async {
    switch incoming {
    case .oversized(let byteCount):
      let limit = transport.maximumMessageBytes.map { " of \($0) bytes" } ?? ""
      let error = RPCError.invalidRequest("A message of \(byteCount) bytes is over the limit\(limit).")
      await send(.error(id: nil, error))
    case .decoded(let message): await receive(message, replyingTo: .client, running: &calls)
    case .message(let bytes):
      do {
        let json = try JSON(parsing: bytes)
        if case .array(let elements) = json {
          await receiveBatch(elements, running: &calls)
        } else {
          await receive(json, replyingTo: .client, running: &calls)
        }
      } catch {
        await send(.error(id: nil, .parseError("The message is not JSON: \(error)")))
      }
    }
  }

  /// Takes a batch. Batches exist in 2025-03-26 only (Base Protocol, Batching), after the answer to
  /// `initialize`.
  private func receiveBatch(_ elements: [JSON], running calls: inout DiscardingTaskGroup) async {
    guard session.revision == .v2025_03_26 else {
      let error = RPCError.invalidRequest("Batches of messages are not part of the protocol here.")
      return await send(.error(id: nil, error))
    }
    guard !elements.isEmpty else {
      return await send(.error(id: nil, .invalidRequest("A batch must not be empty.")))
    }
    let batch = BatchAnswer(expecting: elements.count)
    for element in elements {
      await receive(element, replyingTo: .batch(batch), running: &calls)
    }
  }

  private func receive(
    _ json: JSON, replyingTo recipient: ReplyRecipient, running calls: inout DiscardingTaskGroup
  ) async {
    let message: Message
    do {
      message = try Message(json)
    } catch {
      let isAnswered = !Message.looksLikeResponse(json)
      return await reply(isAnswered ? .error(id: Message.identifier(in: json), error) : nil, to: recipient)
    }
    await receive(message, replyingTo: recipient, running: &calls)
  }

  private func receive(
    _ message: Message, replyingTo recipient: ReplyRecipient, running calls: inout DiscardingTaskGroup
  ) async {
    switch message {
    case .request(let id, let method, let params):
      return await serve(id, method, params, replyingTo: recipient, running: &calls)
    case .notification(let method, let params):
      if method == "notifications/cancelled", let id = params["requestId"].flatMap(RequestID.init) {
        inFlight.cancel(id)
      }
    case .result(let id, let result): requests.settle(id, .success(result))
    case .error(let id, let error):
      if let id { requests.settle(id, .failure(error)) }
    }
    await reply(nil, to: recipient)
  }
}

/// The memory of a legacy connection from one message to the next; modern requests use none of it. The lock
/// guards it from calls that run side by side.
final class Session: Sendable {
  private struct State {
    var revision: Revision?
    var clientCapabilities: JSON = [:]
    /// The level is silence unless the client asks, as with the original server.
    var logThreshold = LogLevel.emergency
  }

  private let state = Mutex(State())

  init() {}

  /// A session that is open from its beginning.
  init(_ opening: Server.Opening) {
    open(opening.revision, clientCapabilities: [:])
    logThreshold = opening.logThreshold
  }

  /// The revision that `initialize` agreed on; nil before.
  var revision: Revision? { state.withLock { $0.revision } }

  var clientCapabilities: JSON { state.withLock { $0.clientCapabilities } }

  var logThreshold: LogLevel {
    get { state.withLock { $0.logThreshold } }
    set { state.withLock { $0.logThreshold = newValue } }
  }

  func open(_ revision: Revision, clientCapabilities: JSON) {
    state.withLock { state in
      state.revision = revision
      state.clientCapabilities = clientCapabilities
    }
  }
}
