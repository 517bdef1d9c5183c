/// What a handler may know and do while it works on a request. Once the request is answered or cancelled, it
/// does nothing any more.
public struct CallContext: Sendable {
  public let requestID: RequestID
  public let revision: Revision
  /// What the client declared: at `initialize`, or with this request (2026-07-28).
  public let clientCapabilities: JSON

  let connection: Connection
  let active: ActiveRequest

  /// Whether a message of this level would be sent now. Cheap: ask before making a costly message.
  public func wantsLog(at level: LogLevel) -> Bool {
    guard let binding = active.binding, binding.ticket.isOpen else { return false }
    return switch binding.request.threshold {
    case .session: level >= connection.session.logThreshold
    case .request(let threshold): threshold.map { level >= $0 } ?? false
    }
  }

  /// Sends a log message, ahead of the request's result, unless ``wantsLog(at:)`` says no. Waits while the
  /// client is slow to read.
  ///
  /// - Returns: Whether it was sent.
  @discardableResult
  public func log(_ level: LogLevel, logger: String?, data: JSON, meta: JSONObject? = nil) async -> Bool {
    guard wantsLog(at: level) else { return false }
    let message = LogMessage(level: level, logger: logger, data: data, meta: meta)
    await connection.send(message.encodedNotification, as: role)
    return true
  }

  /// Sends a log message that concerns the session and not just this request: in the legacy era, where log messages
  /// belong to sessions, also when the request has been cancelled; else as ``log(_:logger:data:meta:)`` does.
  ///
  /// - Returns: Whether it was sent.
  @discardableResult
  public func logForSession(_ level: LogLevel, logger: String?, data: JSON) async -> Bool {
    if revision.era == .modern { return await log(level, logger: logger, data: data) }
    guard level >= connection.session.logThreshold else { return false }
    await connection.send(LogMessage(level: level, logger: logger, data: data).encodedNotification, as: role)
    return true
  }

  /// Tells the client how far the request has come, if it asked to be told.
  public func progress(_ progress: Progress) async {
    guard let binding = active.binding, binding.ticket.isOpen, let token = binding.request.progressToken
    else { return }
    let params = progress.params(token: token, for: revision)
    await connection.send(.notification(method: Progress.method, params: params), as: role)
  }

  /// What a message of this call is to the client: part of the request, as long as that is not answered or cancelled.
  var role: MessageRole {
    guard let binding = active.binding, binding.ticket.isOpen else { return .unrelated }
    return .during(binding.request.id)
  }
}

/// Where the least level comes from that a request's log messages must have.
enum LogThreshold: Sendable {
  /// Legacy: `logging/setLevel`, also while the request is running.
  case session
  /// Modern: `_meta` of the request; nil asks for no messages at all.
  case request(LogLevel?)
}
