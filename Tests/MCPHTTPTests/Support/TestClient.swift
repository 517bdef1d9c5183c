import HTTPTypes
import HummingbirdCore
import Logging
import MCP
import NIOCore
import NIOEmbedded

@testable import MCPHTTP

/// A connection to an endpoint, without a network: requests go in, responses come out, and it can hang up.
struct TestClient: Sendable {
  let endpoint: Endpoint
  let channel: NIOAsyncTestingChannel

  init(endpoint: Endpoint) async throws {
    self.endpoint = endpoint
    let options = endpoint.options
    channel = try await NIOAsyncTestingChannel { channel in
      try channel.pipeline.syncOperations.addHandler(
        ClientWatchHandler(
          patience: TimeAmount(options.clientTimeout), maximumBodyBytes: options.maximumBodyBytes))
    }
  }

  /// The headers that a right client sends with every POST.
  static let usual: HTTPFields = [
    .contentType: "application/json", .accept: "application/json, text/event-stream",
  ]

  /// Sends a request; the reply is there as soon as its head is.
  func open(
    _ method: HTTPRequest.Method = .post, _ path: String = "/mcp", headers: HTTPFields = usual,
    host: String? = "localhost", body: RequestBody
  ) async -> Reply {
    let head = HTTPRequest(
      method: method, scheme: "http", authority: host, path: path, headerFields: headers)
    return Reply(await endpoint.respond(to: Request(head: head, body: body), HTTPContext(channel: channel)))
  }

  func open(
    _ method: HTTPRequest.Method = .post, _ path: String = "/mcp", headers: HTTPFields = usual,
    host: String? = "localhost", _ body: [UInt8] = []
  ) async -> Reply {
    await open(
      method, path, headers: headers, host: host, body: RequestBody(buffer: ByteBuffer(bytes: body)))
  }

  func hangUp() async throws { try await channel.close() }
}

/// A response whose body is read as it comes.
actor Reply {
  nonisolated let status: Int
  nonisolated let headers: HTTPFields
  private var parts: AsyncThrowingStream<[UInt8], any Error>.Iterator
  private var parser = SSEParser()
  private var waiting: [SSEEvent] = []

  init(_ response: Response) {
    status = response.status.code
    headers = response.headers
    let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
    parts = stream.makeAsyncIterator()
    let body = response.body
    Task {
      do {
        try await body.write(Collector(continuation: continuation))
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
      }
    }
  }

  /// The rest of the body.
  func bytes() async throws -> [UInt8] {
    var bytes: [UInt8] = []
    while let part = try await nextPart() { bytes += part }
    return bytes
  }

  func json() async throws -> JSON { try JSON(parsing: try await bytes()) }

  /// The next event; nil at the end.
  func event() async throws -> SSEEvent? {
    while waiting.isEmpty {
      guard let part = try await nextPart() else { return nil }
      waiting += try parser.push(part)
    }
    return waiting.removeFirst()
  }

  /// The next event's message; events without one are passed over.
  func message() async throws -> JSON? {
    while let event = try await event() {
      if !event.data.isEmpty { return try JSON(parsing: Array(event.data.utf8)) }
    }
    return nil
  }

  private func nextPart() async throws -> [UInt8]? {
    var iterator = parts
    defer { parts = iterator }
    return try await iterator.next(isolation: self)
  }

  private struct Collector: ResponseBodyWriter {
    let continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation

    mutating func write(_ buffer: ByteBuffer) async throws {
      continuation.yield(Array(buffer.readableBytesView))
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }
}
