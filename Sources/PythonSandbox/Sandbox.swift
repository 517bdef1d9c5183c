/// The runtime and the image that interpreters are made from. They are fetched and built if need be.
public struct Sandbox: Sendable {
  /// The packages that the interpreters have.
  public let dependencies: Dependencies
  /// The options with which the interpreters are started.
  public let options: InterpreterOptions
  /// Finds or fetches the runtime.
  public let installer: RuntimeInstaller
  /// Finds or builds the image.
  public let images: ImageStore
  let environment: [String: String]
  let offline: Bool
  private let wording: SandboxWording

  /// - Parameters:
  ///   - environment: The process's environment, see `RuntimeInstaller` and `ImageStore`.
  ///   - offline: True to prepare without the network.
  ///   - wording: The words of the errors; by default those of the library.
  public init(
    cache: CacheDirectory, dependencies: Dependencies, options: InterpreterOptions = InterpreterOptions(),
    environment: [String: String], offline: Bool = false, wording: SandboxWording = SandboxWording()
  ) {
    self.dependencies = dependencies
    self.options = options
    self.environment = environment
    self.offline = offline
    self.wording = wording
    installer = RuntimeInstaller(cache: cache, environment: environment, wording: wording)
    images = ImageStore(cache: cache, environment: environment)
  }

  /// Gives the runtime and the image. It is quick when both are there.
  ///
  /// - Throws: `SandboxError`; see `RuntimeInstaller.runtime` and `ImageStore.image`.
  public func prepare(report: @escaping PreparationHandler) async throws -> (runtime: Runtime, image: Image) {
    try await worded {
      let runtime = try await installer.runtime(offline: offline, report: report)
      let image = try await images.image(
        for: dependencies, runtime: runtime, offline: offline, report: report)
      return (runtime, image)
    }
  }

  /// Starts a new interpreter. The runtime and the image are prepared if need be.
  public func startInterpreter(
    report: @escaping PreparationHandler, onDiagnostic: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Interpreter {
    try await start(restoring: nil, reseeds: false, report, onDiagnostic)
  }

  /// Starts an interpreter that goes on from `checkpoint`; see `Interpreter.start`.
  public func startInterpreter(
    restoring checkpoint: Checkpoint, reseeds: Bool = false, report: @escaping PreparationHandler,
    onDiagnostic: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Interpreter {
    try await start(restoring: checkpoint, reseeds: reseeds, report, onDiagnostic)
  }

  private func start(
    restoring checkpoint: Checkpoint?, reseeds: Bool, _ report: @escaping PreparationHandler,
    _ onDiagnostic: @escaping @Sendable (String) -> Void
  ) async throws -> Interpreter {
    let (runtime, image) = try await prepare(report: report)
    return try await worded {
      try await Interpreter.start(
        image: image, runtime: runtime, options: options, restoring: checkpoint, reseeds: reseeds,
        environment: environment, onDiagnostic: onDiagnostic)
    }
  }

  /// Words the errors of `work` for the program that embeds the sandbox.
  private func worded<Value>(_ work: () async throws -> Value) async throws -> Value {
    do {
      return try await work()
    } catch let error as SandboxError {
      throw error.worded(by: wording)
    }
  }
}

/// A line to tell while a runtime or an image is made.
public struct PreparationEvent: Sendable, Hashable {
  /// The weight of the line. The output of pip and of the steps has `debug`; the others are for users.
  public enum Level: String, Sendable { case debug, info, error }

  /// The weight of the line.
  public var level: Level
  /// The text for the user.
  public var text: String

  public init(_ level: Level, _ text: String) {
    self.level = level
    self.text = text
  }
}

/// Gets each line, in order. It may be called from any thread.
public typealias PreparationHandler = @Sendable (PreparationEvent) -> Void
