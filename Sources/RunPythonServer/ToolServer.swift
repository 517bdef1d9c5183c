public import Logging
public import MCP
public import PythonSandbox
public import RunPythonTool

/// An MCP server of the tool `run_python_code` for one conversation.
public struct ToolServer: Conversation {
  /// The full version of the Python that runs the code, such as 3.14.2.
  public static let pythonVersion = RuntimeLock.pinned.pythonVersion

  /// The bytes of checkpoints that a session and all sessions together may keep; a larger state is skipped.
  public static let checkpointBytes = {
    let limits = CheckpointStore.Limits()
    return (ofSession: limits.sessionBytes, ofAll: limits.totalBytes)
  }()

  private let server: Server
  private let begin: @Sendable () async -> Void
  private let end: @Sendable () async -> Void

  /// Makes a server for the client that has this process to itself. The interpreter starts as soon as the
  /// server serves.
  ///
  /// - Parameters:
  ///   - offersCheckpoints: True when there are tools to go back in time; for `keep` only.
  ///   - handlesFiles: True when the client may have checkpoints written to files and read from them.
  public init(
    sandbox: Sandbox, state: SandboxState, textForm: TextForm = .xml,
    results: ResultOptions = ResultOptions(),
    offersCheckpoints: Bool = false,
    handlesFiles: Bool = false, logger: Logger
  ) {
    // Who needs a second interpreter needs more of them, and is not to wait for each.
    let pool =
      state == .keep
      ? nil
      : InterpreterPool(
        source: sandbox, size: 1, isLazy: true,
        onDiagnostic: { logger.debug("\($0)", metadata: ["from": "deno"]) })
    let factory = SessionFactory(source: pool ?? sandbox, state: state, logger: logger)
    let session = factory.session(in: nil)
    self.init(
      session: session, factory: factory, offersCheckpoints: offersCheckpoints, handlesFiles: handlesFiles,
      textForm: textForm, results: results, description: SandboxDescription(sandbox, state: state),
      begin: { await session.warmUp() }, end: { await pool?.close() })
  }

  /// Makes a server for the conversation that owns `session` and the forks that `factory` makes of it.
  init(
    session: PythonSession, factory: SessionFactory, offersCheckpoints: Bool, handlesFiles: Bool = false,
    textForm: TextForm, results: ResultOptions, description: SandboxDescription, maximumRequests: Int = 256,
    begin: @escaping @Sendable () async -> Void = {}, end: @escaping @Sendable () async -> Void = {}
  ) {
    let sessions = OwnSessions(first: session, factory: factory)
    self.init(
      sessions: sessions,
      offer: ToolOffer(
        naming: offersCheckpoints ? .forks : .never, hasCheckpoints: offersCheckpoints,
        structured: results.structured ?? .both, description),
      handlesFiles: handlesFiles, textForm: textForm, results: results, description: description,
      maximumRequests: maximumRequests, begin: begin,
      end: {
        await sessions.close()
        await end()
      })
  }

  init(
    sessions: any PythonSessions, offer: ToolOffer, handlesFiles: Bool = false, textForm: TextForm,
    results: ResultOptions, description: SandboxDescription, maximumRequests: Int = 256,
    begin: @escaping @Sendable () async -> Void = {},
    end: @escaping @Sendable () async -> Void = {}
  ) {
    server = Server(
      configuration: ServerConfiguration(
        info: Implementation(
          name: Product.serverName, version: Product.version, icons: SandboxDescription.icons),
        instructions: description.instructions,
        tools: offer.tools, prompts: [PythonPrompt.prompt(of: sessions, naming: offer.naming)],
        maximumRequestsInFlight: maximumRequests),
      handler: RunPythonHandler(
        sessions: sessions, textForm: textForm, results: results, offer: offer, handlesFiles: handlesFiles))
    self.begin = begin
    self.end = end
  }

  /// Serves the client until it has no more to say or the task is cancelled. Its interpreter is gone when
  /// this returns.
  ///
  /// - Parameters:
  ///   - opening: The state that was agreed on before, if the conversation does not begin here.
  ///   - requestStates: The form in which clients see a call that waits for input.
  public func serve(
    over transport: any Transport, opening: Server.Opening? = nil,
    requestStates: any RequestStateCodec = PlainRequestStates()
  ) async {
    await begin()
    await server.serve(over: transport, opening: opening, requestStates: requestStates)
    await end()
  }
}
