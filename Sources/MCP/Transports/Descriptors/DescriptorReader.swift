import Synchronization
import SystemPackage
import SystemSupport

/// Reads a descriptor on a thread of its own, as fast as its sink has room. It ends at the end of the bytes
/// or when it is told to stop. The lock guards the order from the thread and the callers that change it.
final class DescriptorReader: Sendable {
  private enum Order {
    case read
    /// The thread reads the bytes that are there, and stops when none come for a moment.
    case finishSoon
    case stop
  }

  /// The time that ``finishSoon()`` waits for more. An ended process has its bytes in the pipe, so the time
  /// is for others that hold the pipe open.
  private static let quietMilliseconds: Int32 = 100

  let ended = Gate(isOpen: false)
  private let descriptor: FileDescriptor
  private let closesDescriptor: Bool
  private let sink: any ByteSink
  private let wake: WakePipe
  private let order = Mutex(Order.read)

  /// - Parameters:
  ///   - closesDescriptor: True when the descriptor is the reader's own, to be closed at the end.
  ///   - wake: The pipe that the consumer wakes when it makes room in the sink.
  init(_ descriptor: FileDescriptor, closesDescriptor: Bool, sink: any ByteSink, wake: WakePipe) {
    self.descriptor = descriptor
    self.closesDescriptor = closesDescriptor
    self.sink = sink
    self.wake = wake
  }

  func start() {
    do throws(Errno) {
      try OwnedThread.start { self.run() }
    } catch {
      end()
    }
  }

  func stop() { give(.stop) }

  func finishSoon() { give(.finishSoon) }

  private func give(_ order: Order) {
    self.order.withLock { if $0 != .stop { $0 = order } }
    wake.wake()
  }

  private func run() {
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      while case let order = self.order.withLock({ $0 }), order != .stop {
        guard sink.hasRoom else {
          _ = Readiness.wait(for: [], of: nil, or: wake)
          continue
        }
        let patience = order == .finishSoon ? Self.quietMilliseconds : nil
        let (found, woken) = Readiness.wait(for: .readable, of: descriptor, or: wake, milliseconds: patience)
        if found.isEmpty {
          if woken { continue } else { break }
        }
        guard let count = readSome(into: buffer), count > 0 else { break }
        sink.take(UnsafeBufferPointer(rebasing: buffer.bindMemory(to: UInt8.self)[..<count]))
      }
    }
    end()
  }

  /// - Returns: The number of bytes; nil when the descriptor cannot be read. A terminal that is gone gives an
  ///   error, not an end.
  private func readSome(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    while true {
      do {
        return try descriptor.read(into: buffer)
      } catch Errno.resourceTemporarilyUnavailable {
        _ = Readiness.wait(for: .readable, of: descriptor, or: wake)
        if order.withLock({ $0 }) == .stop { return nil }
      } catch {
        return nil
      }
    }
  }

  private func end() {
    if closesDescriptor { try? descriptor.close() }
    sink.finish()
    ended.open()
  }
}

/// The receiver of the bytes that a ``DescriptorReader`` reads.
protocol ByteSink: Sendable {
  /// True when more may be read now. The consumer that makes room wakes the reader.
  var hasRoom: Bool { get }
  func take(_ bytes: UnsafeBufferPointer<UInt8>)
  func finish()
}

/// Hands bytes on as they come.
struct ForwardingSink: ByteSink {
  let forward: @Sendable ([UInt8]) -> Void
  var hasRoom: Bool { true }
  func take(_ bytes: UnsafeBufferPointer<UInt8>) { forward(Array(bytes)) }
  func finish() {}
}
