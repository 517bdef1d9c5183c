import Foundation
import MCP
import Repl
import RunPythonServer
import Synchronization
import SystemPackage

/// The connection of the full screen to its server: starts and restarts it, and posts what it says.
actor ServerLink {
  /// The server to talk to.
  struct Target: Sendable {
    var place: ServerPlace
    var protocolChoice: ProtocolChoice
    /// Whether it is this program's own server.
    var isOwn: Bool
  }

  private let target: Target
  /// Whether the server is a child of this process.
  nonisolated var startsProcess: Bool {
    if case .process = target.place { true } else { false }
  }

  private let mailbox: EventMailbox
  private let questions: Questions
  private let trace = Mutex<TraceFile?>(nil)
  private let images = ImageCount()
  private var transport: (any Transport)?
  private var calls: PythonCalls?
  /// Tells the servers that were started apart: what an older one says of its end is of no interest.
  private var generation = 0

  init(target: Target, mailbox: EventMailbox, questions: Questions) {
    self.target = target
    self.mailbox = mailbox
    self.questions = questions
  }

  /// Starts the server and agrees on a revision.
  func start() async {
    generation += 1
    let generation = generation
    mailbox.post(.server(.connecting(target.doing)))
    let (base, ending) = target.place.connection(
      onStandardError: { [mailbox] in
        mailbox.waitForRoom()
        mailbox.post(.childStandardError(String(decoding: $0, as: UTF8.self)))
      },
      onHTTP: { [mailbox] in mailbox.post(.http($0, $1)) })
    let tapped = TappedTransport(PacedTransport(base, mailbox: mailbox)) {
      [mailbox, self] direction, bytes in
      let now = Date()
      trace.withLock { $0?.record(direction, bytes, at: now) }
      mailbox.post(.message(direction, bytes, now))
    }
    transport = tapped
    do {
      let client = try await Client.connect(
        over: tapped, info: Implementation(name: "mcp-run-python repl", version: RunPythonServer.version),
        protocol: target.protocolChoice,
        onLog: { [mailbox, images] message in
          guard let image = ShownImage(message) else { return mailbox.post(Self.event(message)) }
          images.note()
          mailbox.post(image.event)
        },
        onElicit: { [questions] in await questions.ask($0) })
      calls = PythonCalls(client: client)
      if client.serverCapabilities["logging"] != nil { try await client.setLogLevel(.info) }
      let runsPython = try await client.tools().contains { $0.name == RunPythonTool.name }
      mailbox.post(.server(.connected(details(of: client, runsPython: runsPython))))
      Task {
        let ending = await ending()
        self.ended(generation, ending)
      }
    } catch {
      mailbox.post(.server(.disconnected(reason: "\(error)")))
      await tapped.close()
    }
  }

  func restart() async {
    await close()
    await start()
  }

  func close() async {
    generation += 1
    await calls?.client.close()
    await transport?.close()
    calls = nil
    transport = nil
  }

  /// Runs code; cancelling the task interrupts it.
  func run(_ run: Run) async -> RunOutcome {
    images.begin()
    let start = ContinuousClock.now
    func outcome(_ ending: RunOutcome.Ending, notice: String? = nil) -> RunOutcome {
      RunOutcome(ending, notice: notice, duration: ContinuousClock.now - start)
    }
    do {
      let result = try await connectedCalls().run(
        run.code, isInteractive: run.isInteractive, columns: run.columns, showsImages: true)
      for image in images.rest(of: result) { post(image) }
      let answer = RunAnswer(result)
      switch answer.ending {
      case .value(let value): return outcome(.value(value), notice: answer.notice)
      case .failure(let text): return outcome(.failure(text), notice: answer.notice)
      }
    } catch is CancellationError {
      let notice = await endOfCancelledRun()
      return outcome(.cancelled, notice: notice)
    } catch {
      return outcome(.failure("\(error)"))
    }
  }

  /// A cancelled call is not answered. The next one is, when the run has ended and all that it wrote has been sent.
  ///
  /// - Returns: what became of the interpreter, if that is worth a word.
  private func endOfCancelledRun() async -> String? {
    guard target.isOwn else { return nil }
    let next = Task { try await call("None", logLevel: .emergency) }
    return (try? await next.value).flatMap { RunAnswer($0).notice }
  }

  /// Runs one of the REPL's own snippets without log messages; gives what it printed.
  func output(of code: String) async throws -> String {
    let answer = RunAnswer(try await call(code, logLevel: .emergency))
    if case .failure(let text) = answer.ending { throw CommandFailure(text) }
    return answer.output.joined(separator: "\n")
  }

  func connectedClient() throws -> Client {
    try connectedCalls().client
  }

  func connectedCalls() throws -> PythonCalls {
    guard let calls else { throw CommandFailure("There is no server. :restart starts it again.") }
    return calls
  }

  /// Sends a text as one message, whatever it is.
  func send(_ text: String) async throws {
    guard let transport else { throw CommandFailure("There is no server.") }
    try await transport.send(Array(text.utf8.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }))
  }

  func post(_ image: ShownImage) { mailbox.post(image.event) }

  nonisolated func setTrace(_ file: TraceFile?) {
    trace.withLock { $0 = file }
  }

  private func call(_ code: String, logLevel: LogLevel) async throws -> ToolResult {
    try await connectedCalls().run(code, logLevel: logLevel)
  }

  private func ended(_ generation: Int, _ ending: String?) {
    guard generation == self.generation else { return }
    calls = nil
    mailbox.post(.server(.disconnected(reason: "The server \(ending ?? "ended").")))
  }

  private func details(of client: Client, runsPython: Bool) -> ServerDetails {
    ServerDetails(
      name: client.serverInfo?.name ?? target.place.name, version: client.serverInfo?.version ?? "?",
      revision: client.revision.rawValue, pythonVersion: target.isOwn ? RunPythonTool.pythonVersion : nil,
      runsPython: runsPython)
  }

  private static func event(_ message: LogMessage) -> AppEvent {
    let stream: LogStream =
      switch message.logger {
      case "stdout": .standardOutput
      case "stderr": .standardError
      case "display": .value
      // The original names no logger, and tells the streams apart by level.
      case nil where message.level == .info: .standardOutput
      case nil where message.level == .warning: .standardError
      default: .other(message.logger ?? message.level.rawValue)
      }
    return .log(
      stream, text: message.data.stringValue ?? message.data.text,
      isPartial: message.meta?[RunPythonTool.partialKey] == true)
  }
}

extension ServerLink.Target {
  /// What connecting means, for the status line.
  fileprivate var doing: String {
    switch place {
    case .process(let command, _): "starting \(isOwn ? "Python" : command)"
    case .http: "connecting to \(place.name)"
    }
  }
}
