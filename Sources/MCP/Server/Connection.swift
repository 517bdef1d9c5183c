/// One client's conversation.
final class Connection: Sendable {
  let configuration: ServerConfiguration
  let handler: any ToolHandler
  let session: Session
  let inFlight: RequestsInFlight
  let requests = ServerRequests()
  let suspended = SuspendedCalls()
  /// The gate that opens when no more requests are read.
  let shutdown = Gate(isOpen: false)
  let transport: any Transport
  let requestStates: any RequestStateCodec

  init(
    configuration: ServerConfiguration, handler: any ToolHandler, transport: any Transport,
    session: Session = Session(), requestStates: any RequestStateCodec = PlainRequestStates()
  ) {
    self.configuration = configuration
    self.handler = handler
    self.transport = transport
    self.session = session
    self.requestStates = requestStates
    inFlight = RequestsInFlight(limit: configuration.maximumRequestsInFlight)
  }

  func run() async {
    await withDiscardingTaskGroup { calls in
      for await incoming in transport.incoming {
        await receive(incoming, running: &calls)
      }
      shutdown.open()
      requests.close()
      suspended.close()
      await drain()
      calls.cancelAll()
    }
    await transport.close()
  }

  /// Waits until all calls are done, their time is over, or no client is left to hear of them.
  private func drain() async {
    await withDiscardingTaskGroup { firstToEnd in
      let over = Gate(isOpen: false)
      for wait in [
        { await self.inFlight.idle.pass() },
        { try? await Task.sleep(for: self.configuration.drainPeriod) },
        { await self.transport.outputClosed() },
      ] as [@Sendable () async -> Void] {
        firstToEnd.addTask {
          await wait()
          over.open()
        }
      }
      await over.pass()
      firstToEnd.cancelAll()
    }
  }

  func send(_ message: Message, as role: MessageRole = .unrelated) async {
    await send(message.json(for: session.revision ?? .latest).encoded, as: role)
  }

  /// Sends a message. When nobody reads any more, it ends the conversation instead.
  func send(_ bytes: [UInt8], as role: MessageRole = .unrelated) async {
    do {
      try await transport.send(bytes, as: role)
    } catch {
      shutdown.open()
      inFlight.cancelAllTasks()
      await transport.close()
    }
  }
}
