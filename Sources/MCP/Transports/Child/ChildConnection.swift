import SystemPackage

/// A child process and the threads that serve its standard streams.
struct ChildConnection: Sendable {
  let process: ChildProcess
  let writer: DescriptorWriter
  private let reader: DescriptorReader
  private let errorReader: DescriptorReader?

  init(
    to command: ChildCommand, inbox: Inbox, wake: WakePipe,
    onStandardError: (@Sendable ([UInt8]) -> Void)?, gracePeriod: Duration
  ) async throws {
    let input = try FileDescriptor.privatePipe()
    let output = try FileDescriptor.privatePipe()
    let error = try onStandardError.map { _ in try FileDescriptor.privatePipe() }
    writer = try DescriptorWriter(input.writeEnd, closesDescriptor: true)
    reader = DescriptorReader(output.readEnd, closesDescriptor: true, sink: inbox, wake: wake)
    errorReader =
      if let error, let onStandardError {
        DescriptorReader(
          error.readEnd, closesDescriptor: true, sink: ForwardingSink(forward: onStandardError),
          wake: try WakePipe())
      } else { nil }
    writer.start()
    reader.start()
    errorReader?.start()
    process = ChildProcess()
    do {
      try await process.start(
        command,
        streams: .init(
          input: input.readEnd.rawValue, output: output.writeEnd.rawValue, error: error?.writeEnd.rawValue),
        gracePeriod: gracePeriod)
    } catch {
      hangUp()
      throw error
    }
    Task { [self] in
      await process.ended.pass()
      hangUp()
    }
  }

  func close(gracePeriod: Duration) async {
    async let flushed: Void = writer.close(within: gracePeriod)
    if await !process.ended.passes(within: gracePeriod) { await process.terminate() }
    await flushed
    await reader.ended.pass()
    await errorReader?.ended.pass()
  }

  /// Ends the streams of a child that is gone. Its output is still read, though others may hold its pipes
  /// open.
  private func hangUp() {
    writer.abort()
    reader.finishSoon()
    errorReader?.finishSoon()
  }
}
