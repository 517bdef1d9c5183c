/// A log message from server to client: the parameters of `notifications/message`.
public struct LogMessage: Sendable, Hashable {
  public var level: LogLevel
  /// The name of the part that logs.
  public var logger: String?
  public var data: JSON
  public var meta: JSONObject?

  static let method = "notifications/message"

  public init(level: LogLevel, logger: String? = nil, data: JSON, meta: JSONObject? = nil) {
    self.level = level
    self.logger = logger
    self.data = data
    self.meta = meta
  }

  /// Reads the parameters; nil when the level is unknown or there is no data.
  public init?(params: JSONObject) {
    guard let level = params["level"]?.stringValue.flatMap(LogLevel.init(rawValue:)),
      let data = params["data"]
    else { return nil }
    self.init(
      level: level, logger: params["logger"]?.stringValue, data: data, meta: params["_meta"]?.objectValue)
  }

  /// The whole notification. It is written without a ``JSON`` in between, because servers send these most.
  var encodedNotification: [UInt8] {
    var buffer: [UInt8] = []
    buffer.reserveCapacity(256)
    buffer.append(ascii: #"{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"#)
    buffer.append(quoted: level.rawValue)
    if let logger {
      buffer.append(ascii: #","logger":"#)
      buffer.append(quoted: logger)
    }
    buffer.append(ascii: #","data":"#)
    data.write(into: &buffer)
    if let meta {
      buffer.append(ascii: #","_meta":"#)
      JSON.write(meta, into: &buffer)
    }
    buffer.append(ascii: "}}")
    buffer.escapeLineSeparators()
    return buffer
  }
}

/// The severity of a log message (RFC 5424), in rising order.
public enum LogLevel: String, Sendable, CaseIterable, Comparable {
  case debug, info, notice, warning, error, critical, alert, emergency

  /// The level as a number, from 0 for `debug` to 7 for `emergency`.
  var severity: Int {
    switch self {
    case .debug: 0
    case .info: 1
    case .notice: 2
    case .warning: 3
    case .error: 4
    case .critical: 5
    case .alert: 6
    case .emergency: 7
    }
  }

  public static func < (left: LogLevel, right: LogLevel) -> Bool { left.severity < right.severity }
}

/// The progress of a request: the parameters of `notifications/progress` but for the token.
public struct Progress: Sendable, Hashable {
  /// A number that grows from one notification to the next.
  public var progress: Double
  /// The value of ``progress`` at the end, if known.
  public var total: Double?
  /// A sentence for people; known from 2025-03-26.
  public var message: String?

  static let method = "notifications/progress"

  public init(progress: Double, total: Double? = nil, message: String? = nil) {
    self.progress = progress
    self.total = total
    self.message = message
  }

  /// Reads the parameters; nil when there is no number `progress`.
  public init?(params: JSONObject) {
    guard let progress = params["progress"]?.doubleValue else { return nil }
    self.init(
      progress: progress, total: params["total"]?.doubleValue, message: params["message"]?.stringValue)
  }

  func params(token: JSON, for revision: Revision) -> JSONObject {
    var params: JSONObject = ["progressToken": token, "progress": Self.json(progress)]
    if let total { params["total"] = Self.json(total) }
    if revision >= .v2025_03_26, let message { params["message"] = .string(message) }
    return params
  }

  private static func json(_ number: Double) -> JSON {
    Int(exactly: number).map(JSON.integer) ?? .number(number)
  }
}
