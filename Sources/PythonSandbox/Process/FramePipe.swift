internal import CMounts
internal import Dispatch
internal import SystemPackage
import SystemSupport

/// The pipe from a process's stdout. A thread of its own reads frames from it: requests for files are answered
/// without the way through tasks, which takes longer than the disk.
final class FramePipe: Sendable {
  /// Frames that came together. The thread reads on when they are done with.
  struct Batch: Sendable {
    let frames: [Frame]
    let done: DispatchSemaphore
  }

  private let readEnd: FileDescriptor
  /// The end for the process, which has to be closed when the process has it.
  let writeEnd: FileDescriptor
  private let size: Int

  private static let largeRoom = 1 << 20
  private static let room = 1 << 16

  /// - Parameter isLarge: True when much goes through it.
  init(isLarge: Bool) throws {
    (readEnd, writeEnd) = try FileDescriptor.privatePipe()
    size = isLarge ? Self.largeRoom : Self.room
    if isLarge { mounts_enlarge_pipe(readEnd.rawValue, Int32(size)) }
  }

  deinit { try? readEnd.close() }

  /// Reads until the other end is closed. The process is held back while the frames are worked on.
  ///
  /// - Parameters:
  ///   - takeFile: Takes a request for a file; false hands it on with the other frames.
  ///   - receive: Gets the others, in order.
  /// - Returns: The reason when the process broke the protocol; else nil.
  func read(
    _ reader: FrameReader, takeFile: @escaping @Sendable (FileRequest) -> Bool,
    receive: @Sendable (Frame) async -> Void
  ) async -> String? {
    let (batches, input) = AsyncStream<Batch>.makeStream()
    let (ends, end) = AsyncStream<String?>.makeStream()
    do {
      try OwnedThread.start { [self] in
        end.yield(
          read(reader, takeFile) { frames in
            let batch = Batch(frames: frames, done: DispatchSemaphore(value: 0))
            guard case .enqueued = input.yield(batch) else { return }
            batch.done.wait()
          })
        input.finish()
      }
    } catch {
      return "no thread could be had"
    }
    for await batch in batches {
      for frame in batch.frames { await receive(frame) }
      batch.done.signal()
    }
    for await reason in ends { return reason }
    return nil
  }

  private func read(
    _ first: FrameReader, _ takeFile: (FileRequest) -> Bool, _ hand: ([Frame]) -> Void
  ) -> String? {
    var reader = first
    var isOpen = true
    while isOpen {
      let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        count = (try? readEnd.read(into: UnsafeMutableRawBufferPointer(buffer))) ?? 0
      }
      isOpen = !bytes.isEmpty
      do {
        var frames: [Frame] = []
        for frame in try reader.push(bytes) {
          if case .file(let request) = frame {
            // The frames before it are worked on before it.
            if !frames.isEmpty { hand(frames) }
            frames = []
            if takeFile(request) { continue }
          }
          frames.append(frame)
        }
        if !frames.isEmpty { hand(frames) }
      } catch {
        return error.reason
      }
    }
    return nil
  }
}
