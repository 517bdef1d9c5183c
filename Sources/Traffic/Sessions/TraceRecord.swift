public import MCP
public import SystemSupport

/// One message as it went over the wire: a line of a trace file.
///
/// A trace file is JSON lines: `{"time":"2026-11-22T15:45:01.123Z","direction":"sent","text":"{…}"}`. The text
/// is the message's raw bytes as UTF-8; bytes that are not UTF-8 are replaced.
public struct TraceRecord: Sendable, Hashable {
  public var time: Date
  public var direction: Direction
  public var text: String

  public init(time: Date, direction: Direction, message: [UInt8]) {
    self.time = time
    self.direction = direction
    text = String(decoding: message, as: UTF8.self)
  }

  /// The record as a line of a trace file, with its newline.
  public var line: [UInt8] {
    let fields: JSONObject = [
      "time": .string(time.formatted(Self.timeStyle)), "direction": .string(direction.rawValue),
      "text": .string(text),
    ]
    return JSON.object(fields).encoded + [UInt8(ascii: "\n")]
  }

  /// Reads a line of a trace file; nil when it is not one.
  public init?(line: some Sequence<UInt8>) {
    guard let json = try? JSON(parsing: Array(line)),
      let time = json["time"]?.stringValue.flatMap({ try? Date($0, strategy: Self.timeStyle) }),
      let direction = json["direction"]?.stringValue.flatMap(Direction.init(rawValue:)),
      let text = json["text"]?.stringValue
    else { return nil }
    self.time = time
    self.direction = direction
    self.text = text
  }

  private static let timeStyle = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
