import SystemPackage
import SystemSupport
import Testing

@Suite struct DescriptorTests {
  @Test func wakePipeEndsTheWait() async throws {
    let wake = try WakePipe()
    try OwnedThread.start { wake.wake() }
    wake.wait()
    #expect(!wake.readEnd.isReadable(), "the wait takes what woke it")
  }

  @Test func fullWakePipeDoesNotBlock() throws {
    let wake = try WakePipe()
    for _ in 0..<100_000 { wake.wake() }
    #expect(wake.drain().count > 256)
    #expect(wake.drain().isEmpty)
  }

  @Test func drainGivesTheBytesOfOthers() throws {
    let wake = try WakePipe()
    try wake.writeEnd.writeAll([28, 18])
    #expect(wake.drain() == [28, 18])
  }

  @Test func waitTellsWhatIsReady() throws {
    let (first, second) = (try WakePipe(), try WakePipe())
    second.wake()
    let ends = [first.readEnd, second.readEnd]
    #expect(try Readiness.wait(forAnyOf: ends) == [[], .readable])
    second.drain()
    #expect(try Readiness.wait(forAnyOf: ends, milliseconds: 1) == [[], []])
  }

  @Test func goneReaderIsFoundUnasked() throws {
    let (wake, pipe) = (try WakePipe(), try FileDescriptor.privatePipe())
    try pipe.readEnd.close()
    defer { try? pipe.writeEnd.close() }
    let (found, isWoken) = Readiness.wait(for: [], of: pipe.writeEnd, or: wake)
    #expect(!found.isDisjoint(with: .gone))
    #expect(!isWoken)
  }

  @Test func endOfBytesIsReadable() throws {
    let pipe = try FileDescriptor.privatePipe()
    defer { try? pipe.readEnd.close() }
    #expect(!pipe.readEnd.isReadable())
    try pipe.writeEnd.close()
    #expect(pipe.readEnd.isReadable())
  }

  /// The state of three signals on this thread: true for a blocked one.
  private static func blockedSignals() -> [Bool] {
    var mask = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &mask)
    return [SIGPIPE, SIGTERM, SIGSEGV].map { sigismember(&mask, $0) == 1 }
  }

  /// A signal to the whole process would end a thread's call, or the process at a broken pipe.
  @Test(arguments: [false, true]) func threadHasItsSignalsBlocked(receivesSignals: Bool) async throws {
    let (makers, own) = try await withCheckedThrowingContinuation { continuation in
      let makers = Self.blockedSignals()
      do {
        try OwnedThread.start(receivesSignals: receivesSignals) {
          continuation.resume(returning: (makers, Self.blockedSignals()))
        }
      } catch {
        continuation.resume(throwing: error)
      }
    }
    #expect(own == (receivesSignals ? makers : [true, true, false]))
    #expect(!makers[0], "a thread of ours would differ from others in nothing")
  }
}
