import JSON
import MCP
import SystemSupport

@testable import Traffic

/// A trace is read again as it was written, and its list shows what the messages are.
func takeTrace(_ bytes: [UInt8]) {
  let steps = Replay(file: bytes, longestPause: 60).steps
  for step in steps {
    require((0...60).contains(step.delay), "a pause of \(step.delay) seconds")
    requireRecord(step.record)
  }
  let log = TrafficLog(steps.map(\.record), limits: TrafficLog.Limits(entries: 50, bytes: 2000))
  for number in log.numbers {
    guard let entry = log[number] else { return require(false, "entry \(number) is not there") }
    takeEntry(entry)
    _ = log.exchange(of: entry)?.latency
    _ = log.resendText(number, id: 1)
  }
  let again = Replay(file: log.trace)
  require(again.badLines.isEmpty && again.steps.count == log.count, "the log's own trace is not read")

  // The bytes are a message's, too.
  var single = TrafficLog()
  single.append(.received, bytes, at: Date(timeIntervalSince1970: 0))
  if let entry = single[0] { takeEntry(entry) }
}

/// A record keeps its text, and its time to the millisecond: written again it is the same line.
private func requireRecord(_ record: TraceRecord) {
  guard let again = TraceRecord(line: record.line.dropLast()) else {
    return require(false, "\(record) cannot be read again")
  }
  require(again.direction == record.direction && again.text == record.text, "\(record) is \(again)")
  let difference = abs(again.time.timeIntervalSince(record.time))
  require(difference < 0.001, "its time differs by \(difference) seconds")
  require(again.line == record.line, "\(record) is another line the second time")
}

private func takeEntry(_ entry: Entry) {
  for limit in [0, 1, 7, 200] {
    require(entry.summary(limit: limit).utf8.count <= 3 * limit, "a summary is longer than \(limit)")
  }
  _ = entry.problem
  requireAgreement(entry)
}

/// Requires that the scanner finds what the parser finds.
///
/// The scanner does not know names with escapes, and is content with any `error`.
private func requireAgreement(_ entry: Entry) {
  guard let json = try? JSON(parsing: entry.bytes), !entry.bytes.contains(UInt8(ascii: "\\")) else { return }
  let parts = json.arrayValue ?? [json]
  guard !parts.isEmpty else { return require(entry.kind == .invalid, "an empty batch is \(entry.kind)") }
  require(entry.isBatch == (json.arrayValue != nil), "a batch is none, or the other way round")
  require(entry.items.count == parts.count, "\(parts.count) messages have \(entry.items.count) items")
  for (item, part) in zip(entry.items, parts) {
    guard let message = try? Message(part) else {
      require(item.kind == .invalid || item.kind == .error, "\(part.text) is a \(item.kind)")
      continue
    }
    switch message {
    case .request(let id, let method, _):
      require((item.kind, item.id, item.method) == (.request, id, method), "\(part.text) is a \(item)")
    case .notification(let method, _):
      require((item.kind, item.method) == (.notification, method), "\(part.text) is a \(item)")
    case .result(let id, _): require((item.kind, item.id) == (.response, id), "\(part.text) is a \(item)")
    case .error(let id, _): require((item.kind, item.id) == (.error, id), "\(part.text) is a \(item)")
    }
  }
}
