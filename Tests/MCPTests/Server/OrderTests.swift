import Synchronization
import Testing

@testable import MCP

/// Notes the calls in the order in which they begin.
private final class Witness: ToolHandler {
  private let seen = Mutex<[Int]>([])

  var numbers: [Int] { seen.withLock { $0 } }

  func call(_ call: ToolCall, in context: CallContext) async throws -> ToolResult {
    // Nothing is awaited before, so that this is what a handler can rely on.
    seen.withLock { $0.append(call.arguments["number"]?.intValue ?? -1) }
    await Task.yield()
    return ToolResult(content: [])
  }
}

@Suite(.timeLimit(.minutes(1))) struct OrderTests {
  @Test func callsBeginInTheOrderOfTheWire() async throws {
    let witness = Witness()
    let count = TestTools.configuration.maximumRequestsInFlight
    try await withServer(witness) { peer in
      try await peer.initialize("2025-11-25")
      for number in 0..<count {
        try await peer.request(
          .integer(number), "tools/call", ["name": "echo", "arguments": ["number": .integer(number)]])
      }
      for _ in 0..<count { _ = try await peer.next() }
    }
    #expect(witness.numbers == Array(0..<count))
  }
}
