internal import Subprocess
internal import Synchronization
internal import SystemPackage
import SystemSupport

/// The Deno process behind an interpreter: lines in, frames out.
final class InterpreterProcess: Sendable {
  let token: String
  private let orders: AsyncStream<[UInt8]>
  private let orderInput: AsyncStream<[UInt8]>.Continuation
  private let killing: AsyncStream<Void>
  private let killInput: AsyncStream<Void>.Continuation
  private let identifier = Mutex<Int32?>(nil)
  /// The checkpoints that were asked for and have not come; one that is late may still come.
  private let checkpoints = Mutex<Set<Int>>([])

  /// How the process ended.
  struct End {
    /// A sentence's end.
    let reason: String
    /// It broke the protocol, so nothing that it said or did not say is to be relied on.
    var isViolation = false
  }

  init() {
    ignoreBrokenPipes()
    token =
      String(UInt64.random(in: 0 ... .max), radix: 36) + String(UInt64.random(in: 0 ... .max), radix: 36)
    (orders, orderInput) = AsyncStream.makeStream()
    (killing, killInput) = AsyncStream.makeStream()
  }

  /// - Parameter content: what follows the order.
  func send(_ order: Order, content: [UInt8]? = nil) {
    // An order holds strings and numbers only, which always encode.
    if let line = try? order.line { orderInput.yield(line) }
    if let content { orderInput.yield(content) }
  }

  /// Lets the process send the checkpoint of a request, once.
  func expectCheckpoint(_ request: Int) {
    _ = checkpoints.withLock { $0.insert(request) }
  }

  /// The request has been answered without one.
  func expectNoCheckpoint(_ request: Int) {
    _ = checkpoints.withLock { $0.remove(request) }
  }

  var owesCheckpoint: Bool { checkpoints.withLock { !$0.isEmpty } }

  /// Ends the process and everything that it started, at once.
  func kill() {
    killInput.yield()
  }

  /// What it has in memory, in MB; nil while it does not run, and where the system does not tell.
  var residentMemory: Int? {
    identifier.withLock(\.self).flatMap { ResidentMemory.megabytes(of: $0) }
  }

  /// The processor time that it has used; nil as above.
  var processorTime: Duration? {
    identifier.withLock(\.self).flatMap { ProcessorTime.used(by: $0) }
  }

  /// Runs the process to its end. `receive` gets each frame in order and holds the process back while it works.
  func run(
    _ command: DenoCommand, environment: [String: String], bounds: FrameBounds,
    onDiagnostic: @escaping @Sendable (String) -> Void,
    receive: @escaping @Sendable (Frame) async -> Void
  ) async -> End {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
    let (executable, arguments) = command.launch(environment: environment)
    do {
      let result = try await Subprocess.run(
        executable, arguments: arguments, environment: .custom(keyed(environment)), platformOptions: options,
        input: .inputWriter, output: .sequence, error: .sequence
      ) { [self] execution in
        identifier.withLock { $0 = execution.processIdentifier.value }
        return await withTaskGroup(of: Void.self) { group in
          group.addTask { [orders] in
            for await line in orders {
              guard (try? await execution.standardInputWriter.write(line)) != nil else {
                // It does not listen any more, so it would be waited for in vain.
                try? execution.send(signal: .kill, toProcessGroup: true)
                return
              }
            }
          }
          group.addTask { [killing] in
            for await _ in killing { try? execution.send(signal: .kill, toProcessGroup: true) }
          }
          async let flood = readDiagnostics(execution.standardError, onLine: onDiagnostic) {
            try? execution.send(signal: .kill, toProcessGroup: true)
          }
          let violation = await read(execution.standardOutput, bounds: bounds, receive: receive)
          // Whoever closes stdout has nothing more to say; and nothing it started is to stay.
          try? execution.send(signal: .kill, toProcessGroup: true)
          identifier.withLock { $0 = nil }
          orderInput.finish()
          killInput.finish()
          try? await execution.standardInputWriter.finish()
          await group.waitForAll()
          let overflow = await flood
          return violation ?? overflow
        }
      }
      guard let violation = result.closureResult else {
        return End(reason: Self.describe(result.terminationStatus))
      }
      return End(reason: violation, isViolation: true)
    } catch {
      return End(reason: "\(command.runtime.deno) could not be run: \(error)")
    }
  }

  /// Hands on frames until the process closes its stdout; a reason when it broke the protocol.
  private func read(
    _ output: SubprocessOutputSequence, bounds: FrameBounds, receive: @Sendable (Frame) async -> Void
  ) async -> String? {
    var reader = FrameReader(token: token, bounds: bounds) { [self] request in
      checkpoints.withLock { $0.remove(request) != nil }
    }
    do {
      for try await buffer in output {
        let bytes = buffer.withUnsafeBytes { Array($0) }
        for frame in try reader.push(bytes) { await receive(frame) }
      }
      return nil
    } catch let violation as FrameReader.Violation {
      return violation.reason
    } catch {
      return nil
    }
  }

  /// Hands on lines until the process closes its stderr; a reason when it wrote too much there.
  private func readDiagnostics(
    _ output: SubprocessOutputSequence, onLine: @Sendable (String) -> Void, onFlood: @Sendable () -> Void
  ) async -> String? {
    var lines = DiagnosticLines()
    do {
      for try await buffer in output {
        for line in buffer.withUnsafeBytes({ lines.push($0) }) { onLine(line) }
        if lines.isFlooded {
          onFlood()
          return "it wrote too much to its stderr"
        }
      }
    } catch {}
    for line in lines.end() { onLine(line) }
    return nil
  }

  private static func describe(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "its process exited with status \(code)"
    case .signaled(let signal) where signal == 9: "its process was killed (signal 9)"
    case .signaled(let signal): "its process crashed (signal \(signal)), as it does when its memory runs out"
    }
  }
}
