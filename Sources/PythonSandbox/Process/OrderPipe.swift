internal import CMounts
internal import DequeModule
internal import Dispatch
internal import Synchronization
internal import SystemPackage
import SystemSupport

/// The pipe to a process's stdin. What is written at once comes out at once; orders never wait for the process.
///
/// One lock guards the orders that wait from those who send and from the thread that writes. The other one guards
/// the pipe, so that pieces do not mix.
final class OrderPipe: Sendable {
  private let readEnd: FileDescriptor
  private let pipe: Mutex<FileDescriptor?>
  private let waiting = Mutex<Deque<[[UInt8]]?>>([])
  private let wakeUp = DispatchSemaphore(value: 0)

  /// The room of a pipe through which much goes.
  private static let largeRoom: Int32 = 1 << 20

  init() throws {
    let (readEnd, writeEnd) = try FileDescriptor.privatePipe()
    self.readEnd = readEnd
    pipe = Mutex(writeEnd)
  }

  deinit {
    // The thread closes the pipe at its end, so this is one that nobody has opened.
    let unused = pipe.withLock(\.self)
    guard let unused else { return }
    try? unused.close()
    try? readEnd.close()
  }

  /// Begins to write to a process that is given the other end, and closes it after its start.
  ///
  /// - Parameter onFailure: Is called once when the process does not read any more.
  func open(isLarge: Bool, onFailure: @escaping @Sendable () -> Void) throws -> FileDescriptor {
    if isLarge { mounts_enlarge_pipe(readEnd.rawValue, Self.largeRoom) }
    try OwnedThread.start { self.run(onFailure) }
    return readEnd
  }

  /// Sends pieces that follow each other, without waiting.
  func send(_ pieces: [[UInt8]]) {
    waiting.withLock { $0.append(pieces) }
    wakeUp.signal()
  }

  /// Writes pieces, and waits until the pipe has them; false when nobody reads them.
  @discardableResult
  func write(_ pieces: [[UInt8]]) -> Bool {
    pipe.withLock { pipe in
      guard let pipe else { return false }
      return pieces.allSatisfy { (try? pipe.writeAll($0)) != nil }
    }
  }

  /// Closes the pipe when what was sent is written.
  func close() {
    waiting.withLock { $0.append(nil) }
    wakeUp.signal()
  }

  private func run(_ onFailure: @Sendable () -> Void) {
    var isBroken = false
    while true {
      wakeUp.wait()
      guard let sent = waiting.withLock({ $0.popFirst() }) else { continue }
      guard let pieces = sent else { break }
      if !isBroken, !write(pieces) {
        isBroken = true
        onFailure()
      }
    }
    pipe.withLock { pipe in
      try? pipe?.close()
      pipe = nil
    }
  }
}
