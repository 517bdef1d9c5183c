import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct InMemoryTransportTests {
  @Test func carriesMessagesBothWaysInOrder() async throws {
    let (client, server) = InMemoryTransport.pair()
    for number in UInt8(0)..<100 { try await client.send([number]) }
    try await server.send([200])
    await client.close()
    var received: [Incoming] = []
    for await message in server.incoming { received.append(message) }
    #expect(received == (0..<100).map { .message([$0]) })
    await #expect(throws: TransportError.closed) { try await client.send([1]) }
    await #expect(throws: TransportError.closed) { try await server.send([1]) }
    // Messages that were under way when the other side closed can still be read.
    var last: [Incoming] = []
    for await message in client.incoming { last.append(message) }
    #expect(last == [.message([200])])
  }

  @Test func makesASenderWaitForASlowConsumer() async throws {
    let (client, server) = InMemoryTransport.pair(limit: 1000)
    try await client.send([UInt8](repeating: 0, count: 900))
    let sending = Task { try await client.send([UInt8](repeating: 1, count: 900)) }
    var iterator = server.incoming.makeAsyncIterator()
    _ = await iterator.next()
    // Room again: the second message, too, has been sent.
    try await sending.value
    guard case .message(let second)? = await iterator.next() else { throw TransportError.closed }
    #expect(second.first == 1)
  }

  @Test func keepsTheMessageOfASenderThatIsCancelledWhileItWaits() async throws {
    let (client, server) = InMemoryTransport.pair(limit: 10)
    let sending = Task { try await client.send([UInt8](repeating: 1, count: 900)) }
    sending.cancel()
    try await sending.value
    var iterator = server.incoming.makeAsyncIterator()
    #expect(await iterator.next() == .message([UInt8](repeating: 1, count: 900)))
  }

  @Test func endsTheWaitOfAConsumerThatIsCancelled() async {
    let (client, _) = InMemoryTransport.pair()
    let receiving = Task {
      for await _ in client.incoming {}
      return true
    }
    receiving.cancel()
    #expect(await receiving.value)
  }

  @Test func showsEveryMessageToATap() async throws {
    let (client, server) = InMemoryTransport.pair()
    let (seen, see) = AsyncStream.makeStream(of: String.self)
    let tapped = TappedTransport(client) { direction, bytes in
      see.yield("\(direction.rawValue) \(String(decoding: bytes, as: UTF8.self))")
    }
    try await tapped.send(Array("question".utf8))
    try await server.send(Array("not JSON".utf8))
    await server.close()
    var received: [Incoming] = []
    for await message in tapped.incoming { received.append(message) }
    see.finish()
    #expect(received == [.message(Array("not JSON".utf8))])
    #expect(await seen.reduce(into: []) { $0.append($1) } == ["sent question", "received not JSON"])
  }
}
