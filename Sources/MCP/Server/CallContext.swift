/// What a handler may know and do while it works on a request. Once the request is answered or cancelled, it does
/// nothing any more.
public struct CallContext: Sendable {
  public let requestID: RequestID
  public let revision: Revision
  /// What the client declared: at `initialize`, or with this request (2026-07-28).
  public let clientCapabilities: JSON

  let connection: Connection
  let ticket: RequestTicket
  let threshold: LogThreshold
  let progressToken: JSON?

  /// Whether a message of this level would be sent now. Cheap: ask before making a costly message.
  public func wantsLog(at level: LogLevel) -> Bool {
    guard ticket.isOpen else { return false }
    return switch threshold {
    case .session: level >= connection.session.logThreshold
    case .request(let threshold): threshold.map { level >= $0 } ?? false
    }
  }

  /// Sends a log message, ahead of the request's result, unless ``wantsLog(at:)`` says no. Waits while the client is
  /// slow to read.
  public func log(_ level: LogLevel, logger: String?, data: JSON, meta: JSONObject? = nil) async {
    guard wantsLog(at: level) else { return }
    let message = LogMessage(level: level, logger: logger, data: data, meta: meta)
    await connection.send(message.encodedNotification)
  }

  /// Tells the client how far the request has come, if it asked to be told.
  public func progress(_ progress: Progress) async {
    guard let progressToken, ticket.isOpen else { return }
    let params = progress.params(token: progressToken, for: revision)
    await connection.send(.notification(method: Progress.method, params: params))
  }
}

/// Where the least level comes from that a request's log messages must have.
enum LogThreshold: Sendable {
  /// Legacy: `logging/setLevel`, also while the request is running.
  case session
  /// Modern: `_meta` of the request; nil asks for no messages at all.
  case request(LogLevel?)
}
