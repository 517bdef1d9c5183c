public import ArgumentParser
import PythonSandbox
public import RunPythonTool
import SystemSupport

extension TextForm: ExpressibleByArgument {}
extension SandboxState: ExpressibleByArgument {}

/// The folder of the runtime and the images, and the means to prepare them.
struct CacheOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder for the runtime and the images (default: $XDG_CACHE_HOME/mcp-run-python).",
      valueName: "folder"),
    completion: .directory)
  var cacheDir: String?

  @Flag(help: "Never use the network to prepare; fail if something is missing.")
  var offline = false

  @Flag(help: "Tell more on stderr.")
  var verbose = false

  var cache: CacheDirectory {
    CacheDirectory(option: cacheDir, environment: ProcessInfo.processInfo.environment)
  }

  func sandbox(_ dependencies: Dependencies, _ options: InterpreterOptions = InterpreterOptions()) -> Sandbox
  {
    Sandbox(
      cache: cache, dependencies: dependencies, options: options,
      environment: ProcessInfo.processInfo.environment, offline: offline, wording: .product)
  }
}

/// The packages that the code may import.
struct DependencyOptions: ParsableArguments {
  @Option(
    name: [.customLong("deps"), .customLong("dependencies")], parsing: .singleValue,
    help: ArgumentHelp(
      "The packages to install, separated by commas; may be repeated. Versions and extras are written as for pip.",
      valueName: "a,b==1.2"))
  var deps: [String] = []

  var dependencies: Dependencies { Dependencies(deps) }
}

/// The options of every command that runs code.
struct SandboxOptions: ParsableArguments {
  @OptionGroup var dependencyOptions: DependencyOptions
  @OptionGroup var limitOptions: LimitOptions
  @OptionGroup var mountOptions: MountOptions
  @OptionGroup var cacheOptions: CacheOptions

  @Option(
    help: ArgumentHelp(
      "The form of the tool's text result: xml has the original's tags, json is one JSON object in one line.",
      valueName: "form"))
  var returnMode = TextForm.xml

  /// The command line of a server with these options.
  func serverCommandLine(_ state: StateOptions, _ results: ResultOptions) -> ServerCommandLine {
    var line = ServerCommandLine()
    line.dependencies = dependencyOptions.dependencies.requirements
    limitOptions.write(to: &line)
    mountOptions.write(to: &line)
    line.state = state.state
    line.offersCheckpoints = state.checkpoints
    line.textForm = returnMode
    line.results = results
    line.cacheFolder = cacheOptions.cacheDir.map { URL(fileURLWithPath: $0).path }
    line.isOffline = cacheOptions.offline
    return line
  }

  var sandbox: Sandbox {
    get throws { cacheOptions.sandbox(dependencyOptions.dependencies, try interpreterOptions) }
  }

  private var interpreterOptions: InterpreterOptions {
    get throws {
      var options = limitOptions.interpreterOptions
      options.mounts = try mountOptions.mounts
      return options
    }
  }

  /// A sandbox whose interpreters can be saved where the state is kept, and else put back.
  func sandbox(keeping state: SandboxState) throws -> Sandbox {
    var options = try interpreterOptions
    options.isSavable = state == .keep
    options.resets = state == .reset
    return cacheOptions.sandbox(dependencyOptions.dependencies, options)
  }
}

/// The state that a run leaves for the next one.
struct StateOptions: ParsableArguments {
  @Option(
    name: .customLong("state"),
    help: ArgumentHelp(
      "The state that a run leaves for the next one. reset: its files below /work. keep: everything. "
        + "fresh: nothing, not even the interpreter. (default: reset)"))
  var chosenState: SandboxState?

  @Flag(
    help: ArgumentHelp(
      "Keep variables, and offer the tools checkpoint (saves the session), restore (rewinds it to a saved state) "
        + "and fork (copies it)."))
  var checkpoints = false

  var state: SandboxState { chosenState ?? (checkpoints ? .keep : .reset) }

  func validate() throws {
    if checkpoints, state != .keep {
      throw ValidationError(
        "--checkpoints and --state \(state) contradict each other: it needs --state keep.")
    }
  }
}
