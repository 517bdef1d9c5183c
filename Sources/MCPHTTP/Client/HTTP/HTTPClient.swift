internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization
internal import SystemSupport

/// Sends requests to one server and keeps its connections for the next ones. It follows no redirects.
final class HTTPClient: Sendable {
  /// The time that an unused connection is kept.
  private static let idlePeriod = TimeAmount.seconds(30)

  let server: ServerAddress
  /// The path and query of each request.
  private let path: String
  /// The connections that wait for a request, the latest last; nil once the client is shut down.
  ///
  /// The lock guards them from the tasks of requests, from the ends of responses and from ``shutdown()``.
  private let idle = Mutex<[Idle]?>([])

  private struct Idle: Sendable {
    let connection: ClientConnection
    let expiry: Scheduled<Void>
  }

  /// The URL is no address of an HTTP server.
  struct WrongURL: Error, CustomStringConvertible {
    let description = "the URL is not one of HTTP"
  }

  /// - Throws: ``WrongURL``.
  init(url text: String) throws {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
      ["http", "https"].contains(scheme), let host = url.host(percentEncoded: false), !host.isEmpty
    else { throw WrongURL() }
    let isSecure = scheme == "https"
    server = ServerAddress(
      host: host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host,
      port: url.port ?? (isSecure ? 443 : 80), isSecure: isSecure)
    let path = url.path(percentEncoded: true)
    let query = url.query(percentEncoded: true)
    self.path = (path.isEmpty ? "/" : path) + (query.map { "?\($0)" } ?? "")
  }

  /// Sends a request and returns when the head of the response is there.
  ///
  /// - Parameter headers: The headers besides `Host` and `Content-Length`.
  /// - Throws: The errors of ``ClientConnection/open(to:)``, and ``ResponseReader/Closed``.
  func execute(
    _ method: HTTPMethod, _ headers: HTTPHeaders, body: [UInt8] = []
  ) async throws -> ClientResponse {
    var head = HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers)
    if !head.headers.contains(name: "Host") { head.headers.add(name: "Host", value: server.authority) }
    if method == .POST || !body.isEmpty {
      head.headers.replaceOrAdd(name: "Content-Length", value: "\(body.count)")
    }
    let connection = try await connection()
    do {
      try await connection.send(head, body: body)
      guard case .head(let response) = try await connection.next() else { throw ResponseReader.Closed() }
      return ClientResponse(response) { [self] isReusable in
        isReusable ? keep(connection) : connection.close()
      } next: {
        try await connection.next()
      }
    } catch {
      connection.close()
      throw error
    }
  }

  /// Closes all connections that are not in use; the others close when their response ends.
  func shutdown() {
    let left = idle.withLock { idle in
      defer { idle = nil }
      return idle ?? []
    }
    for idle in left {
      idle.expiry.cancel()
      idle.connection.close()
    }
  }

  private func connection() async throws -> ClientConnection {
    while let idle = idle.withLock({ $0?.popLast() }) {
      idle.expiry.cancel()
      if idle.connection.isOpen { return idle.connection }
    }
    return try await ClientConnection.open(to: server)
  }

  private func keep(_ connection: ClientConnection) {
    let expiry = connection.channel.eventLoop.scheduleTask(in: Self.idlePeriod) { connection.close() }
    let isKept = idle.withLock { idle in
      idle?.removeAll { !$0.connection.isOpen }
      idle?.append(Idle(connection: connection, expiry: expiry))
      return idle != nil
    }
    if !isKept {
      expiry.cancel()
      connection.close()
    }
  }
}
