import MCP
import RunPythonTool
import Testing

@testable import RunPythonServer

/// The order of the runs, and a note if two ran at once.
private actor Log {
  private(set) var entries: [Int] = []
  private(set) var overlaps = 0
  private var inside = 0

  func enter() {
    if inside > 0 { overlaps += 1 }
    inside += 1
  }

  func leave(_ entry: Int) {
    inside -= 1
    entries.append(entry)
  }
}

@Suite(.timeLimit(.minutes(1))) struct RunQueueTests {
  @Test func oneAtATimeInOrder() async throws {
    let queue = RunQueue()
    let log = Log()
    let places = (0..<6).map { _ in queue.takePlace() }
    // The last comes first, so that the order is that of the places.
    let tasks = places.enumerated().reversed().map { number, place in
      Task.immediate {
        try await queue.run(at: place) {
          await log.enter()
          try await Task.sleep(for: .milliseconds(5))
          await log.leave(number)
        }
      }
    }
    for task in tasks { try await task.value }
    #expect(await log.entries == [0, 1, 2, 3, 4, 5])
    #expect(await log.overlaps == 0)
  }

  @Test func aCancelledOneLeavesTheQueueAndTheRestGoesOn() async throws {
    let queue = RunQueue()
    let (started, start) = AsyncStream<Void>.makeStream()
    let (released, release) = AsyncStream<Void>.makeStream()
    let first = Task {
      try await queue.run(at: queue.takePlace()) {
        start.finish()
        for await _ in released {}
      }
    }
    for await _ in started {}
    let second = Task.immediate {
      try await queue.run(at: queue.takePlace()) { Issue.record("it was cancelled") }
    }
    let third = Task.immediate { try await queue.run(at: queue.takePlace()) { 3 } }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    release.finish()
    try await first.value
    #expect(try await third.value == 3)
  }

  @Test func aPlaceThatNobodyHoldsIsLeft() async throws {
    let queue = RunQueue()
    _ = queue.takePlace()
    #expect(try await queue.run(at: queue.takePlace()) { 1 } == 1)
  }

  @Test(
    arguments: [
      [:], ["python_code": 1], ["python_code": "1", "x": 1], ["python_code": "1", "global_variables": []],
    ] as [JSONObject])
  func wrongArgumentsAreRefused(arguments: JSONObject) {
    #expect { try read(arguments) } throws: { ($0 as? RPCError)?.code == -32602 }
  }

  @Test func argumentsAreRead() throws {
    let arguments = try read(["python_code": "x", "global_variables": ["x": [1, 2.5, nil]]])
    #expect(arguments.code == "x")
    #expect(JSON.object(arguments.globals).text == #"{"x":[1,2.5,null]}"#)
    #expect(JSON.object(try read(["python_code": ""]).globals).text == "{}")
  }

  @Test func aSessionIsNamedWhereThereAreSome() throws {
    let arguments: JSONObject = ["python_code": "x", "session": "s"]
    #expect(throws: RPCError.self) { try read(arguments) }
    for naming in [SessionNaming.forks, .always] { #expect(try read(arguments, naming).session == "s") }
    #expect(try read(["python_code": "x", "session": nil], .forks).session == nil)
  }

  private func read(
    _ arguments: JSONObject, _ naming: SessionNaming = .never
  ) throws -> RunRequest {
    let offer = ToolOffer(
      naming: naming, hasCheckpoints: false, structured: .both,
      SandboxDescription(NoPython(), state: .keep))
    let call = ToolCall(name: ToolName.run.rawValue, arguments: arguments)
    return try RunRequest(ToolArguments(call, of: offer.tools), meta: [:])
  }
}
