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
      "time": .string(time.addingTimeInterval(Self.halfStep).formatted(Self.timeStyle)),
      "direction": .string(direction.rawValue), "text": .string(text),
    ]
    return JSON.object(fields).encoded + [UInt8(ascii: "\n")]
  }

  /// Reads a line of a trace file; nil when it is not one.
  public init?(line: some Sequence<UInt8>) {
    guard let json = try? JSON(parsing: Array(line)),
      let time = json["time"]?.stringValue.flatMap({ try? Date($0, strategy: Self.timeStyle) }),
      Self.times.contains(time),
      let direction = json["direction"]?.stringValue.flatMap(Direction.init(rawValue:)),
      let text = json["text"]?.stringValue
    else { return nil }
    self.time = time
    self.direction = direction
    self.text = text
  }

  /// A number of seconds holds no milliseconds of times that are far away, such as the year 202612.
  private static let times = Date.distantPast...Date.distantFuture
  /// The style cuts what is less than a millisecond, but a number of seconds is seldom exact: .127 would become .126.
  private static let halfStep: TimeInterval = 0.0005
  private static let timeStyle = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}

extension TrafficLog {
  /// All entries as lines of a trace file, the oldest first.
  public var trace: [UInt8] {
    numbers.compactMap { self[$0] }.flatMap {
      TraceRecord(time: $0.time, direction: $0.direction, message: $0.bytes).line
    }
  }

  /// Makes a log of a trace file's records.
  public init(_ records: some Sequence<TraceRecord>, limits: Limits = Limits()) {
    self.init(limits: limits)
    for record in records { append(record.direction, Array(record.text.utf8), at: record.time) }
  }

  /// The text of an entry's request with another id; nil when the entry is no single request.
  public func resendText(_ number: Int, id: RequestID) -> String? {
    guard let entry = self[number], !entry.isBatch, entry.kind == .request,
      case .object(var members)? = try? JSON(parsing: entry.bytes)
    else { return nil }
    members["id"] = id.json
    return JSON.object(members).text
  }
}

/// A recorded conversation to play again, message by message.
public struct Replay: Sendable {
  public struct Step: Sendable, Hashable {
    public var record: TraceRecord
    /// The seconds after the step before it.
    public var delay: TimeInterval
  }

  public let steps: [Step]
  /// The numbers of the lines, from 1, that are no records.
  public let badLines: [Int]

  /// Reads a trace file.
  ///
  /// - Parameters:
  ///   - speed: The factor by which it goes faster than it was; it must be greater than 0.
  ///   - longestPause: The seconds to which longer delays are cut, before the speed counts.
  public init(file: [UInt8], speed: Double = 1, longestPause: TimeInterval = .infinity) {
    var steps: [Step] = []
    var badLines: [Int] = []
    for (index, line) in file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      guard let record = TraceRecord(line: line) else {
        if line.contains(where: { $0 != 0x20 && $0 != 0x0D }) { badLines.append(index + 1) }
        continue
      }
      let delay = steps.last.map { record.time.timeIntervalSince($0.record.time) } ?? 0
      steps.append(Step(record: record, delay: min(max(0, delay), longestPause) / speed))
    }
    self.steps = steps
    self.badLines = badLines
  }
}
