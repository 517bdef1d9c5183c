import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct ChildProcessTransportTests {
  static func shell(_ script: String, gracePeriod: Duration = .seconds(5)) -> ChildProcessTransport {
    ChildProcessTransport(command: "/bin/sh", arguments: ["-c", script], gracePeriod: gracePeriod)
  }

  static func text(_ incoming: Incoming?) -> String? {
    guard case .message(let bytes)? = incoming else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func talksToAChildAndEndsIt() async throws {
    let transport = ChildProcessTransport(command: "cat")
    var incoming = transport.incoming.makeAsyncIterator()
    for number in 0..<1000 { try await transport.send(Array("\(number)".utf8)) }
    for number in 0..<1000 {
      let next = await incoming.next()
      #expect(Self.text(next) == "\(number)")
    }
    await transport.close()
    #expect(await incoming.next() == nil)
    #expect(await transport.termination == "exited with status 0")
    await #expect(throws: TransportError.closed) { try await transport.send([]) }
  }

  @Test(arguments: ["mcp-no-such-command", "/no/such/command"])
  func saysThatTheCommandIsMissing(_ command: String) async {
    let transport = ChildProcessTransport(command: command)
    let error = await #expect(throws: TransportError.self) { try await transport.start() }
    #expect(error?.description.contains(command) == true)
    await #expect(throws: TransportError.self) { try await transport.send([]) }
    var incoming = transport.incoming.makeAsyncIterator()
    #expect(await incoming.next() == nil)
    #expect(await transport.termination == nil)
    await transport.close()
  }

  @Test func saysThatTheFolderIsMissing() async {
    let transport = ChildProcessTransport(command: "cat", workingDirectory: "/no/such/folder")
    let error = await #expect(throws: TransportError.self) { try await transport.start() }
    #expect(error?.description.contains("/no/such/folder") == true)
    await transport.close()
  }

  @Test func givesTheChildItsSurroundings() async throws {
    let transport = ChildProcessTransport(
      command: "/bin/sh", arguments: ["-c", "echo \"$A-$HOME-$1\"; pwd; cat", "sh", "x y"],
      environment: ["A": "b=c"], workingDirectory: "/")
    try await transport.start()
    var incoming = transport.incoming.makeAsyncIterator()
    let first = await incoming.next()
    #expect(Self.text(first) == "b=c--x y")
    let second = await incoming.next()
    #expect(Self.text(second) == "/")
    await transport.close()
  }

  @Test func deliversWhatADyingChildWrote() async throws {
    let transport = Self.shell("i=0; while [ $i -lt 500 ]; do echo $i; i=$((i+1)); done; exit 3")
    try await transport.start()
    var count = 0
    for await _ in transport.incoming { count += 1 }
    #expect(count == 500)
    #expect(await transport.endOfPeer() == "exited with status 3")
    #expect(await transport.termination == "exited with status 3")
    await transport.outputClosed()
    await transport.close()
  }

  @Test func saysBySignal() async throws {
    let transport = Self.shell("kill -9 $$")
    try await transport.start()
    #expect(await transport.termination == "was ended by signal 9")
    await transport.close()
  }

  @Test(.timeLimit(.minutes(1))) func endsThoughAGrandchildHoldsThePipe() async throws {
    let transport = Self.shell("sleep 90 2>/dev/null & echo started")
    try await transport.start()
    var received: [String?] = []
    for await message in transport.incoming { received.append(Self.text(message)) }
    #expect(received == ["started"])
    await transport.close()
  }

  @Test func killsAChildThatIgnoresEverything() async throws {
    let transport = Self.shell(
      "trap '' TERM; echo ready; while :; do sleep 1; done", gracePeriod: .milliseconds(50))
    try await transport.start()
    var incoming = transport.incoming.makeAsyncIterator()
    _ = await incoming.next()
    await transport.close()
    #expect(await transport.termination == "was ended by signal 9")
  }

  @Test func terminatesAChildThatIgnoresTheEndOfInput() async throws {
    let transport = Self.shell("echo ready; exec sleep 60", gracePeriod: .milliseconds(50))
    try await transport.start()
    var incoming = transport.incoming.makeAsyncIterator()
    _ = await incoming.next()
    await transport.close()
    #expect(await transport.termination == "was ended by signal 15")
  }

  @Test func givesAChildTimeThoughTheTaskIsCancelled() async throws {
    let transport = Self.shell("echo ready; while read line; do :; done; sleep 0.1; exit 7")
    try await transport.start()
    var incoming = transport.incoming.makeAsyncIterator()
    _ = await incoming.next()
    let closing = Task { await transport.close() }
    closing.cancel()
    await closing.value
    #expect(await transport.termination == "exited with status 7")
  }

  @Test func passesOnStandardError() async throws {
    let (errors, sawError) = AsyncStream.makeStream(of: [UInt8].self)
    let transport = ChildProcessTransport(
      command: "/bin/sh", arguments: ["-c", "echo oops >&2; echo out"],
      onStandardError: { sawError.yield($0) })
    try await transport.start()
    var incoming = transport.incoming.makeAsyncIterator()
    let first = await incoming.next()
    #expect(Self.text(first) == "out")
    await transport.close()
    sawError.finish()
    #expect(await errors.reduce([], +) == Array("oops\n".utf8))
  }

  @Test func letsTheChildLeadAProcessGroup() async throws {
    let transport = Self.shell("echo $$; ps -o pgid= -p $$ 2>/dev/null || cut -d' ' -f5 /proc/$$/stat; cat")
    try await transport.start()
    var incoming = transport.incoming.makeAsyncIterator()
    let process = await incoming.next()
    let group = await incoming.next()
    #expect(Self.text(process) == Self.text(group)?.filter { $0 != " " })
    await transport.close()
  }

  @Test func dropsALineOverTheLimit() async throws {
    let transport = ChildProcessTransport(
      command: "/bin/sh", arguments: ["-c", "echo 0123456789; echo ok"], maximumMessageBytes: 5)
    try await transport.start()
    var incoming = transport.incoming.makeAsyncIterator()
    #expect(await incoming.next() == .oversized(byteCount: 10))
    #expect(await incoming.next() == .message(Array("ok".utf8)))
    await transport.close()
  }
}
