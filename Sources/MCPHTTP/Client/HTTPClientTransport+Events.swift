internal import MCP
internal import NIOCore
internal import NIOHTTP1

extension HTTPClientTransport {
  /// The number of failed attempts in a row after which a lost stream is given up.
  private static let attempts = 3

  /// Reads the stream that answers a request, and resumes it when the connection is lost (revisions to 2025-11-25).
  func takeEvents(_ response: ClientResponse, id: RequestID?, method: String?) async throws {
    var parser = SSEParser(maximumEventBytes: maximumMessageBytes ?? .max)
    var pause = ReconnectPause()
    if try await read(response, &parser, &pause, id: id, method: method) { return }
    // 2026-07-28 has no resumption, whatever ids the events had.
    guard !isModern else {
      if let id, !Task.isCancelled { await fail(id, "ended the stream without an answer") }
      return
    }
    var failures = 0
    while !Task.isCancelled, !isCancelled(id), let last = parser.lastEventID, failures < Self.attempts {
      try await Task.sleep(for: pause.next(asked: parser.retry))
      guard let rest = try? await open(after: last), rest.status == .ok else {
        failures += 1
        continue
      }
      failures = 0
      if try await read(rest, &parser, &pause, id: id, method: method) { return }
    }
    if let id, !Task.isCancelled, !isCancelled(id) { await fail(id, "ended the stream without an answer") }
  }

  private func isCancelled(_ id: RequestID?) -> Bool { id.map(cancelled.contains) ?? false }

  /// Reads the session's own stream for as long as there is one.
  func listenToAll() async {
    var parser = SSEParser(maximumEventBytes: maximumMessageBytes ?? .max)
    var pause = ReconnectPause()
    var failures = 0
    while !Task.isCancelled, failures < Self.attempts {
      do {
        let response = try await open(after: parser.lastEventID)
        // A server that has nothing to say by itself answers 405. One whose session has ended answers 404.
        guard response.status == .ok else { return }
        failures = 0
        _ = try await read(response, &parser, &pause, id: nil, method: nil)
      } catch {
        failures += 1
      }
      try? await Task.sleep(for: pause.next(asked: parser.retry))
    }
  }

  private func open(after last: String?) async throws -> ClientResponse {
    var headers = headers(state.headers(for: nil))
    headers.remove(name: "Content-Type")
    headers.replaceOrAdd(name: "Accept", value: "text/event-stream")
    if let last { headers.replaceOrAdd(name: "Last-Event-ID", value: last) }
    return try await execute(.GET, headers)
  }

  /// Hands on the events of a response.
  ///
  /// - Returns: true when the answer has come; false when the connection was lost before.
  private func read(
    _ response: ClientResponse, _ parser: inout SSEParser, _ pause: inout ReconnectPause, id: RequestID?,
    method: String?
  ) async throws -> Bool {
    do {
      for try await part in response.body {
        let events = try parser.push(part.readableBytesView)
        if !events.isEmpty { pause.reset() }
        for event in events where !event.data.isEmpty {
          let answered = await deliver(Array(event.data.utf8), method: method)
          if let id, answered == .to(id) || answered == .toUnknown { return true }
        }
      }
    } catch let error as SSEParser.Oversized {
      throw error
    } catch {
      try Task.checkCancellation()
    }
    return false
  }
}

/// The time that a client waits before it opens a lost stream again. The type is pure.
///
/// It is the time that the server asks for, and longer each time that the stream brought nothing.
struct ReconnectPause {
  /// The milliseconds where the server asks for none (2025-11-25, Transports, leaves it to the client).
  private static let standard = 1000
  /// The shortest pause in milliseconds, for a server that asks for none at all.
  private static let shortest = 50
  private static let longest = 3_600_000
  /// The milliseconds beyond which the pause does not grow by itself.
  private static let longestGrown = 30_000

  private var fruitless = 0

  /// Gives the next pause.
  ///
  /// - Parameter asked: The milliseconds of the stream's last `retry`.
  mutating func next(asked: Int?) -> Duration {
    let base = min(max(asked ?? Self.standard, Self.shortest), Self.longest)
    let grown = min(base << min(fruitless, 10), Self.longestGrown)
    fruitless += 1
    return .milliseconds(max(base, grown))
  }

  /// Notes that the stream brought an event, so that the next pause is a short one again.
  mutating func reset() { fruitless = 0 }
}
