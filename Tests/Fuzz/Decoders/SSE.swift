@testable import MCPHTTP

/// The same events come however the stream is cut, and read back as they are written.
func takeSSE(_ bytes: [UInt8]) {
  let limit = 512
  var whole = SSEParser(maximumEventBytes: limit)
  let events = try? whole.push(bytes)
  for pieces in bytes.cuts {
    var parser = SSEParser(maximumEventBytes: limit)
    var found: [SSEEvent] = []
    var isOversized = false
    for piece in pieces where !isOversized {
      if let more = try? parser.push(piece) { found += more } else { isOversized = true }
    }
    require(isOversized == (events == nil), "pieces are oversized, the whole is not, or the other way round")
    if let events { require(found == events, "pieces give \(found), the whole gives \(events)") }
    require(parser.lastEventID == whole.lastEventID, "the last id depends on the pieces")
    require(parser.retry == whole.retry, "the pause depends on the pieces")
  }
  require((whole.retry ?? 0) >= 0, "a pause of \(whole.retry ?? 0) milliseconds")
  for event in events ?? [] {
    // A byte that is no UTF-8 becomes a character of three.
    require(event.data.utf8.count <= 3 * limit, "an event has \(event.data.utf8.count) bytes")
    var parser = SSEParser()
    let again = try? parser.push(event.encoded)
    require(again == [event], "\(event) reads back as \(again ?? [])")
  }
}
