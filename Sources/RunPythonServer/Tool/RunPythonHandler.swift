internal import MCP
internal import Metrics
internal import Pictures
internal import PythonSandbox
internal import RunPythonTool

/// Joins the protocol and the sandbox: a call of the tool becomes a run of a session.
struct RunPythonHandler: ToolHandler {
  let sessions: any PythonSessions
  let textForm: TextForm
  let results: ResultOptions
  let offer: ToolOffer
  /// True when checkpoints may be written to files and read from them.
  var handlesFiles = false

  /// Does a call. From 2025-11-25 on, wrong arguments are told in a result, where the model can read them and
  /// correct itself (Tools, Error Handling).
  func call(_ call: ToolCall, in context: CallContext) async throws -> ToolResult {
    do {
      return try await perform(call, in: context)
    } catch let error as RPCError
      where error.code == RPCError.invalidParamsCode && context.revision >= .v2025_11_25
    {
      return ToolResult(content: [.text(error.message)], isError: true)
    }
  }

  private func perform(_ call: ToolCall, in context: CallContext) async throws -> ToolResult {
    guard let tool = ToolName(rawValue: call.name) else { throw RPCError.methodNotFound(call.name) }
    guard tool == .run else {
      let handler = CheckpointHandler(sessions: sessions, offer: offer, handlesFiles: handlesFiles)
      return try await handler.call(tool, call)
    }
    let arguments = try ToolArguments(call, of: offer.tools)
    let request = try RunRequest(arguments, meta: call.meta)
    var (report, name) = try await sessions.withSession(request.session) { session, place in
      try await RunMetrics.measuring { try await run(request, in: session, at: place, context) }
    }
    report.session = name
    let answer = report.answer
    let structure = results.structured ?? .both
    return ToolResult(
      content: [.text(structure == .only ? report.statusText : report.text(textForm))] + answer.images,
      structuredContent: structure == .text ? .none : .some(answer.structuredContent),
      isError: answer.error != nil && flagsErrors(for: context.revision),
      meta: request.options.tellsRuns ? answer.meta : nil)
  }

  private func flagsErrors(for revision: Revision) -> Bool {
    switch results.toolErrors ?? .result {
    case .auto: revision.era == .modern
    case .result: false
    case .flag: true
    }
  }

  private func run(
    _ request: RunRequest, in session: PythonSession, at place: RunQueue.Place,
    _ context: CallContext
  ) async throws -> RunReport {
    let forwarder = OutputForwarder(context: context)
    let (reports, preparation) = AsyncStream<PreparationEvent>.makeStream()
    let ticker = ProgressTicker(context: context)
    async let progress: Void = ticker.run(reports)
    var report: RunReport
    var notices: [Notice] = []
    do {
      let result: RunResult
      (result, notices) = try await session.run(
        request.code, at: place, globals: JSON.object(request.globals).text, options: request.options,
        report: { preparation.yield($0) }, codeBegins: { ticker.codeBegins() },
        input: { await ask($0, in: session, context) },
        image: { if request.options.showsImages { await forwarder.forward($0, $1) } },
        output: { await forwarder.forward($0) })
      report = RunReport(
        ending: RunReport.Ending(result.outcome), output: [], images: result.images, exit: result.exit,
        notices: notices)
    } catch let error as SandboxError {
      report = RunReport(ending: .installError(error.description), output: [])
    }
    report.isForPrompt = request.options.isInteractive
    if request.options.tellsRuns { report.place = await session.place }
    report.output = await forwarder.finish()
    preparation.finish()
    await progress
    await log(notices, of: session, context)
    return report
  }

  /// Logs the notices that the client has not got yet.
  private func log(_ notices: [Notice], of session: PythonSession, _ context: CallContext) async {
    guard let news = notices.filter({ !$0.isLogged }).text else { return }
    let isSent = await context.logForSession(
      .warning, logger: ToolLogger.notice.rawValue, data: .string(news))
    if isSent, Task.isCancelled { await session.noteLogged() }
  }
}

extension RunPythonHandler {
  /// Asks the client's user for the line that Python waits for. The answer is nil when nobody can be asked,
  /// the user declines, or no answer comes.
  private func ask(
    _ asked: InputQuestion, in session: PythonSession, _ context: CallContext
  ) async -> String? {
    let key = "value"
    let function = asked.isHidden ? "getpass.getpass" : "input"
    let question = Elicitation(
      message: asked.prompt.isEmpty ? InputQuestionText.plain : asked.prompt,
      requestedSchema: [
        "type": "object",
        "properties": [
          key: [
            "type": "string", "title": asked.isHidden ? "Hidden input" : "Input",
            "description": .string("The line that Python's \(function)() returns"),
          ]
        ],
        "required": [.string(key)],
      ],
      meta: asked.isHidden ? [ToolKey.hidden: true] : [:])
    guard context.canElicit else { return nil }
    let asking = Task { try? await context.elicit(question) }
    // In the legacy era the question is a request, which the client can only answer or cancel.
    let isDetached = context.revision.era == .modern
    guard
      case .accept(let form) = await session.wait(
        for: asking, atMost: results.longestQuestion, yieldsToOthers: isDetached)
    else { return nil }
    return form[key]?.stringValue
  }
}

extension RunReport.Ending {
  fileprivate init(_ outcome: RunResult.Outcome) {
    switch outcome {
    case .success(let value): self = .success(value)
    case .error(let traceback): self = .runError(traceback)
    }
  }
}

/// Counts runs, and measures their time.
private enum RunMetrics {
  /// Runs `work` and counts its outcome: a report's status, `cancelled`, or `failed` when there was no run at
  /// all.
  static func measuring(_ work: () async throws -> RunReport) async throws -> RunReport {
    let start = ContinuousClock.now
    do {
      let report = try await work()
      note(Task.isCancelled ? "cancelled" : report.answer.status.rawValue, ContinuousClock.now - start)
      return report
    } catch {
      note(error is CancellationError ? "cancelled" : "failed", ContinuousClock.now - start)
      throw error
    }
  }

  private static func note(_ status: String, _ time: Duration) {
    Counter(label: "mcp_run_python_runs_total", dimensions: [("status", status)]).increment()
    Timer(label: "mcp_run_python_run_seconds").record(duration: time)
  }
}
