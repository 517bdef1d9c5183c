internal import HTTPTypes
internal import HummingbirdCore
internal import MCP
internal import NIOCore
internal import SystemSupport

/// The way of a stream's messages into an HTTP response. An answer that is the only message becomes one JSON object;
/// others become events.
struct Answering: Sendable {
  let stream: EventStream
  let options: HTTPServerOptions
  let context: HTTPContext
  /// The session of a stream that can be resumed, whose events have ids; nil for other streams.
  let session: HTTPSession?
  /// True when an error that is the whole answer decides the status (2026-07-28).
  var tellsErrorsByStatus = false
  /// True when the client knows events without a message, which only tell an id (2025-11-25).
  let isPrimed: Bool
  /// The requests that are answered; empty for a stream that belongs to none.
  let ids: [RequestID]
  /// The call at the end of the response. It gets false when the client is gone or does not take the response.
  let onEnd: @Sendable (_ isComplete: Bool) async -> Void

  /// - Parameters:
  ///   - streamsAtOnce: True when events are sent in any case. Else the response waits for the first message, since
  ///     an answer decides the status.
  ///   - last: The number of the last event that the client has seen.
  func response(streamsAtOnce: Bool, after last: Int? = nil) async throws -> Response {
    let reader = await stream.attach(after: last)
    if streamsAtOnce { return events(reader, beginningWith: []) }
    // Without a session, a client that hangs up cannot get the answer any more.
    let portion = await untilGone { await stream.next(reader, within: options.keepAlive) }
    switch portion {
    case .events(let events) where events.count == 1 && events[0].answer != nil:
      await end(reader, isComplete: true)
      let error = events[0].answer?.error
      let status = error.map { tellsErrorsByStatus ? $0.httpStatus : $0.legacyStatus }
      return Response(json: events[0].message, status: status ?? .ok, headers: error?.httpHeaders ?? [:])
    case .events(let events): return self.events(reader, beginningWith: events)
    case .quiet: return events(reader, beginningWith: [])
    case .end, nil:
      await end(reader, isComplete: false)
      throw Refusal(.internalError("The request ended without an answer."), id: ids.first)
    }
  }

  private func events(_ reader: EventStream.Reader, beginningWith first: [EventLog.Event]) -> Response {
    var headers: HTTPFields = [
      .contentType: "text/event-stream", .cacheControl: "no-cache, no-transform", .accelBuffering: "no",
    ]
    if let session { headers[.mcpSessionID] = session.id }
    return Response(
      status: .ok, headers: headers,
      body: ResponseBody { writer in
        var isComplete = false
        do {
          isComplete = try await write(reader, beginningWith: first, to: &writer)
          if isComplete { try await writer.finish(nil) }
        } catch {
          await end(reader, isComplete: false)
          throw error
        }
        await end(reader, isComplete: isComplete)
        if !isComplete { throw ClientGone() }
      })
  }

  /// Writes the stream's messages as events until it ends.
  ///
  /// - Returns: false when the client is gone.
  private func write(
    _ reader: EventStream.Reader, beginningWith first: [EventLog.Event],
    to writer: inout any ResponseBodyWriter
  ) async throws -> Bool {
    if session != nil, isPrimed {
      try await write(SSEEvent(id: EventID(stream: stream.number, number: 0).text).encoded, to: &writer)
    }
    if !first.isEmpty { try await write(encode(first), to: &writer) }
    while true {
      let portion = await untilGone { await stream.next(reader, within: options.keepAlive) }
      switch portion {
      case .events(let events): try await write(encode(events), to: &writer)
      case .quiet: try await write(SSEEvent.keepAlive, to: &writer)
      case .end: return true
      case nil: return false
      }
    }
  }

  private func encode(_ events: [EventLog.Event]) -> [UInt8] {
    events.reduce(into: []) { bytes, event in
      let id = session.map { _ in EventID(stream: stream.number, number: event.number).text }
      bytes += SSEEvent(id: id, name: "message", data: String(decoding: event.message, as: UTF8.self)).encoded
    }
  }

  private func write(_ bytes: [UInt8], to writer: inout any ResponseBodyWriter) async throws {
    let overdue = context.closeChannel(in: options.clientTimeout)
    defer { overdue.cancel() }
    try await writer.write(ByteBuffer(bytes: bytes))
  }

  private func end(_ reader: EventStream.Reader, isComplete: Bool) async {
    await stream.detach(reader)
    await onEnd(isComplete)
  }

  /// Gives what `work` gives, or nil as soon as the client is gone.
  private func untilGone<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value? {
    guard let watch = try? await context.watch() else { return nil }
    let gone = Gate(isOpen: false)
    let listener = watch.listen { gone.open() }
    defer { watch.stopListening(listener) }
    return await withTaskGroup(of: Value?.self) { group in
      group.addTask { await work() }
      group.addTask {
        await gone.pass()
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return gone.isOpen ? nil : first
    }
  }
}

/// The response was not sent to its end.
private struct ClientGone: Error {}
