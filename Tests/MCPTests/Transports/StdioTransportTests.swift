import SystemPackage
import SystemSupport
import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct StdioTransportTests {
  /// A transport over two pipes and the pipes' other ends.
  struct Rig {
    let transport: StdioTransport
    let toTransport: FileDescriptor
    let fromTransport: FileDescriptor

    init(maximumMessageBytes: Int = 1 << 20) throws {
      let input = try FileDescriptor.pipe()
      let output = try FileDescriptor.pipe()
      toTransport = input.writeEnd
      fromTransport = output.readEnd
      transport = try StdioTransport(
        input: input.readEnd, output: output.writeEnd, maximumMessageBytes: maximumMessageBytes,
        closesDescriptors: true)
    }

    /// Reads until the transport closes its end, on a thread, since it blocks.
    func readAll() async throws -> [UInt8] {
      try await withCheckedThrowingContinuation { continuation in
        let reader: @Sendable () -> Void = {
          continuation.resume(
            with: Result {
              var bytes: [UInt8] = []
              var chunk = [UInt8](repeating: 0, count: 1 << 16)
              while true {
                let count = try chunk.withUnsafeMutableBytes { try fromTransport.read(into: $0) }
                if count == 0 { break }
                bytes += chunk[..<count]
              }
              try fromTransport.close()
              return bytes
            })
        }
        if (try? OwnedThread.start(reader)) == nil {
          continuation.resume(throwing: TransportError.closed)
        }
      }
    }
  }

  @Test func readsMessages() async throws {
    let rig = try Rig(maximumMessageBytes: 10)
    try rig.toTransport.writeAll(Array("{}\r\n\n01234567890\n[]\nlast".utf8))
    try rig.toTransport.close()
    var received: [Incoming] = []
    for await message in rig.transport.incoming { received.append(message) }
    #expect(
      received == [
        .message(Array("{}".utf8)), .oversized(byteCount: 11), .message(Array("[]".utf8)),
        .message(Array("last".utf8)),
      ])
    #expect(rig.transport.maximumMessageBytes == 10)
    await rig.transport.close()
    try rig.fromTransport.close()
  }

  @Test func writesEveryMessageInOrderAndFlushesAtTheEnd() async throws {
    let rig = try Rig()
    async let written = rig.readAll()
    for number in 0..<50_000 { try await rig.transport.send(Array("\(number)".utf8)) }
    await rig.transport.close()
    let lines = String(decoding: try await written, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 50_000)
    #expect(lines.enumerated().allSatisfy { $0.element == "\($0.offset)" })
    await #expect(throws: TransportError.closed) { try await rig.transport.send([]) }
    try rig.toTransport.close()
  }

  @Test func makesTheSenderWaitForASlowReader() async throws {
    let rig = try Rig()
    let message = [UInt8](repeating: 0x61, count: 1 << 20)
    let (sent, didSend) = AsyncStream.makeStream(of: Int.self)
    let sending = Task {
      for number in 0..<16 {
        try await rig.transport.send(message)
        didSend.yield(number)
      }
      didSend.finish()
    }
    // Nobody reads: the pipe and the queue take some of the 16 MiB, but never all.
    try await Task.sleep(for: .milliseconds(100))
    sending.cancel()
    try await sending.value
    async let written = rig.readAll()
    await rig.transport.close()
    #expect(try await written.count == 16 * (message.count + 1))
    #expect(await sent.reduce(0) { count, _ in count + 1 } == 16)
    try rig.toTransport.close()
  }

  @Test func suspendsWhileTheQueueIsFull() async throws {
    let rig = try Rig()
    let message = [UInt8](repeating: 0x61, count: 3 << 20)
    let done = Gate(isOpen: false)
    let sending = Task {
      for _ in 0..<3 { try await rig.transport.send(message) }
      done.open()
    }
    #expect(await !done.passes(within: .milliseconds(50)))
    async let written = rig.readAll()
    try await sending.value
    await rig.transport.close()
    #expect(try await written.count == 3 * (message.count + 1))
    try rig.toTransport.close()
  }

  @Test func doesNotReadAheadWithoutBound() async throws {
    let rig = try Rig(maximumMessageBytes: 1 << 20)
    let chunk = [UInt8](repeating: 0x61, count: (1 << 16) - 1) + [0x0A]
    let written = Gate(isOpen: false)
    try OwnedThread.start {
      for _ in 0..<128 { _ = try? rig.toTransport.writeAll(chunk) }
      try? rig.toTransport.close()
      written.open()
    }
    // 8 MiB do not fit where 1 MiB and a pipe may wait.
    #expect(await !written.passes(within: .milliseconds(100)))
    var count = 0
    for await _ in rig.transport.incoming { count += 1 }
    #expect(count == 128)
    await rig.transport.close()
    try rig.fromTransport.close()
  }

  @Test func noticesThatNobodyReads() async throws {
    let rig = try Rig()
    try rig.fromTransport.close()
    await rig.transport.outputClosed()
    await #expect(throws: TransportError.closed) { try await rig.transport.send([0x61]) }
    await rig.transport.close()
    try rig.toTransport.close()
  }

  @Test func noticesABrokenPipeInTheMidstOfWriting() async throws {
    let rig = try Rig()
    let sending = Task {
      while true { try await rig.transport.send([UInt8](repeating: 0x61, count: 1 << 20)) }
    }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    _ = try chunk.withUnsafeMutableBytes { try rig.fromTransport.read(into: $0) }
    try rig.fromTransport.close()
    await #expect(throws: TransportError.closed) { try await sending.value }
    await rig.transport.close()
    try rig.toTransport.close()
  }

  @Test(.timeLimit(.minutes(1))) func closesWhileTheInputIsOpenAndTheOutputStuck() async throws {
    let rig = try Rig()
    _ = Task { try await rig.transport.send([UInt8](repeating: 0x61, count: 1 << 20)) }
    await rig.transport.close()
    var iterator = rig.transport.incoming.makeAsyncIterator()
    #expect(await iterator.next() == nil)
    try rig.toTransport.close()
    try rig.fromTransport.close()
  }
}
