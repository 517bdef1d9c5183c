import MCP
import Synchronization
import SystemPackage
import SystemSupport
import Traffic

/// The file of `--trace`: a line for each message, written as it goes over the wire.
final class TraceFile: Sendable {
  private let descriptor: FileDescriptor
  /// The lock guards the file from the two directions, which write at once: each line stays whole.
  private let writing = Mutex(())

  init(path: FilePath) throws {
    do {
      descriptor = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: [.ownerReadWrite])
    } catch {
      let name = path.string.foreignLine(limit: 10_000)
      throw CommandFailure("The trace file \(name) cannot be written: \(error).")
    }
  }

  func record(_ direction: Direction, _ message: [UInt8], at time: Date = Date()) {
    let line = TraceRecord(time: time, direction: direction, message: message).line
    writing.withLock { _ in _ = try? descriptor.writeAll(line) }
  }

  deinit { try? descriptor.close() }
}

/// The place of the file of `--trace` and `:trace`.
final class TraceSlot: Sendable {
  /// The lock guards the file from the tap, which runs beside the face that changes it.
  private let state: Mutex<TraceFile?>

  init(_ file: TraceFile? = nil) { state = Mutex(file) }

  var file: TraceFile? { state.withLock(\.self) }

  func set(_ file: TraceFile?) { state.withLock { $0 = file } }
}
