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
