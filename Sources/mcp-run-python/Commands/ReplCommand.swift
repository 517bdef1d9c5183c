public import ArgumentParser
public import MCP
import MCPHTTP
import PythonSandbox
import Repl
import ReplShell
import RunPythonTool
import SystemPackage
import SystemSupport
public import Terminal
import TerminalText

struct ReplCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl",
    abstract: "A Python prompt in a sandbox.",
    usage: "mcp-run-python repl [<options>] [-c <code> | <file> [<argument> ...]] [-- <command> ...]",
    discussion: """
      Starts a server as a child and talks MCP to it. On a terminal it opens a full screen with the console, \
      what the code prints, and every message on the wire; F1 there shows all keys. Variables live from block to \
      block. Piped input is run block by block; values of expressions are shown by repr. A file gets the arguments that follow it, and reads \
      stdin. The exit status is 1 if the last block failed, or what the code gives to sys.exit.

      Examples:
        mcp-run-python repl --deps pandas
        mcp-run-python repl -c '[n * n for n in range(5)]'
        printf 'x = 6\\nx * 7\\n' | mcp-run-python repl
        mcp-run-python repl --trace traffic.jsonl script.py --its-option
        mcp-run-python repl --replay traffic.jsonl
        mcp-run-python repl --resume session.ckpt       after :checkpoint --save session.ckpt
        mcp-run-python repl -- uvx some-mcp-server --its-option
        mcp-run-python repl --url http://127.0.0.1:3001/mcp
      """)

  @OptionGroup var dependencyOptions: DependencyOptions
  @OptionGroup var cacheOptions: CacheOptions

  @OptionGroup var limitOptions: LimitOptions
  @OptionGroup var mountOptions: MountOptions

  @Option(
    help: ArgumentHelp(
      "The state that a block leaves for the next one. reset: fresh variables each time. keep: variables live on. "
        + "fresh: a new interpreter each time."))
  var state = SandboxState.keep

  @Option(name: .customShort("c"), help: ArgumentHelp("Run this code and leave.", valueName: "code"))
  var code: String?

  @Flag(help: "Edit lines without the full screen.")
  var plain = false

  @Option(
    help: ArgumentHelp("Write every message as JSON lines to this file.", valueName: "file"),
    completion: .file())
  var trace: String?

  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp("The MCP revision to speak: auto, or one such as 2025-06-18.", valueName: "revision"))
  var protocolChoice = ProtocolChoice.auto

  @Option(help: ArgumentHelp("Open a saved trace, without a server.", valueName: "file"), completion: .file())
  var replay: String?

  @Option(
    help: ArgumentHelp(
      "Go on from a state that :checkpoint --save wrote, with the same --deps.", valueName: "file"),
    completion: .file())
  var resume: String?

  @Flag(help: "With --resume: use other random numbers than the first time.")
  var reseed = false

  @Flag(help: "Scroll with the mouse wheel; the terminal then needs Shift to select text.")
  var mouse = false

  @Option(
    help: ArgumentHelp(
      "The colours: auto (as the terminal's background), dark, light, mono, or a file of your own.",
      valueName: "name or file"),
    completion: .file())
  var theme: String?

  @Option(
    help: ArgumentHelp(
      "Show images by kitty, iterm2, sixel, blocks (cells of two colours) or none "
        + "(default: what the terminal knows).",
      valueName: "how"))
  var graphics: Graphics?

  @Option(
    help: ArgumentHelp(
      "Talk to a server over Streamable HTTP instead of starting one, such as http://127.0.0.1:3001/mcp.",
      valueName: "url"))
  var url: String?

  @Option(
    help: ArgumentHelp("With --url: the file with the token to present to the server.", valueName: "file"),
    completion: .file())
  var tokenFile: String?

  @Option(
    name: .customLong("header"), parsing: .singleValue,
    help: ArgumentHelp("With --url: a header to send; may be repeated.", valueName: "name: value"))
  var headers: [String] = []

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp(
      "A file of Python code to run (- for stdin) and its arguments. After --, another MCP server to start "
        + "instead of our own.",
      valueName: "file"),
    completion: .file())
  var words: [String] = []

  private var program: ArraySlice<String> { words.prefix { $0 != "--" } }
  private var file: String? { program.first }
  private var command: ArraySlice<String> { words[program.endIndex...].dropFirst() }

  func validate() throws {
    // From the first unknown word on, the parser leaves all words to us.
    switch file {
    case "--help", "-help", "-h": throw CleanExit.helpRequest(self)
    case "--version": throw CleanExit.message(MainCommand.configuration.version)
    case let file? where file.hasPrefix("-") && file != "-": throw ValidationError(Self.unknown(file))
    default: break
    }
    if words.last == "--" { throw ValidationError("After -- the command of a server is missing.") }
    if code != nil, file != nil { throw ValidationError("-c and a file exclude each other.") }
    if !command.isEmpty, !dependencyOptions.deps.isEmpty {
      throw ValidationError(
        "--deps is for our own server, but '-- \(command.joined(separator: " "))' starts another one.")
    }
    if url != nil, !command.isEmpty || !dependencyOptions.deps.isEmpty || replay != nil {
      throw ValidationError(
        "--url is for a server that runs already, so --deps, --replay and a command do not go with it.")
    }
    if let url, URL(string: url)?.host() == nil || !(url.hasPrefix("http://") || url.hasPrefix("https://")) {
      throw ValidationError("--url wants a URL such as http://127.0.0.1:3001/mcp, not '\(url)'.")
    }
    if url == nil, tokenFile != nil || !headers.isEmpty {
      throw ValidationError("--token-file and --header are for a server at --url.")
    }
    for header in headers where Self.header(header) == nil {
      throw ValidationError("--header wants a name and a value, as 'X-Name: value', not '\(header)'.")
    }
    if resume != nil, url != nil || !command.isEmpty || replay != nil {
      throw ValidationError(
        "--resume is for our own server, so --url, --replay and a command do not go with it.")
    }
    if resume != nil, state != .keep {
      throw ValidationError("--resume and --state \(state) contradict each other: it needs --state keep.")
    }
    if reseed, resume == nil {
      throw ValidationError(
        "--reseed needs --resume. At the prompt, :rewind and :fork take it, too.")
    }
    if replay != nil, code != nil || file != nil || !command.isEmpty {
      throw ValidationError("--replay opens a saved trace; there is no server to run anything.")
    }
  }

  func run() async throws {
    let program = try await reportingFailures { try wholeProgram() }
    let status = try await reportingFailures {
      let shell = Shell(
        isPlain: plain, reportsMouse: mouse, theme: try themeChoice(), graphics: graphics,
        trace: trace.map { FilePath($0) },
        memory: { ProcessMemory.ofDescendants() })
      if let replay { return try await shell.replay(FilePath(replay)) }
      return try await shell.run(program, on: try target())
    }
    if status.code != 0 { throw ExitCode(status.code) }
  }

  /// Gives the code of -c or of the file; nil when input comes block by block.
  private func wholeProgram() throws -> Program? {
    if let code { return Program(code: code) }
    return try file.map { try Program(file: $0, arguments: Array(program.dropFirst())) }
  }

  /// The theme of the option, or else of the environment.
  private func themeChoice() throws -> ThemeChoice {
    let wish = theme ?? ProcessInfo.processInfo.environment[Self.themeVariable] ?? ""
    if wish.isEmpty { return .automatic }
    do {
      return try ThemeChoice(wish) { path in
        (try? WholeFile.bytes(of: path)).map { String(decoding: $0, as: UTF8.self) }
      }
    } catch {
      throw CommandFailure("\(error)")
    }
  }

  private static let themeVariable = "MCP_RUN_PYTHON_THEME"

  private static func unknown(_ option: String) -> String {
    let names = CommandOrder.options(of: Self.self)
    let meant = NearestName.to(option, in: names).map { " Did you mean '\($0)'?" } ?? ""
    return "Unknown option '\(option)'.\(meant)"
  }

  /// Fetches and builds in this process, which can show the progress. The child then finds everything in the
  /// cache.
  private var preparation: ServerTarget.Preparation {
    let sandbox = cacheOptions.sandbox(dependencyOptions.dependencies)
    return { [verbose = cacheOptions.verbose] report in
      guard let report else {
        _ = try await PreparationDisplay(verbose: verbose).show {
          try await sandbox.prepare(report: $0).image.name
        }
        return
      }
      _ = try await sandbox.prepare { if $0.level != .debug { report($0.text) } }
    }
  }

  private func target() throws -> ServerTarget {
    let place: ServerPlace =
      if let url {
        .http(HTTPTarget(url: url, headers: try httpHeaders))
      } else if let server = command.first {
        .process(command: server, arguments: Array(command.dropFirst()))
      } else {
        .process(command: try OwnExecutable.path(), arguments: serverCommandLine.arguments)
      }
    let isOwn = url == nil && command.isEmpty
    return ServerTarget(
      place: place, protocolChoice: protocolChoice, isOwn: isOwn,
      ownPython: RuntimeLock.pinned.pythonVersion,
      packages: dependencyOptions.dependencies.requirements,
      packagesAdvice: "; repl --deps pandas brings some",
      network: isOwn ? limitOptions.networkName : nil,
      resumption: resume.map { .resume(file: $0, reseeds: reseed) },
      preparation: isOwn ? preparation : nil,
      wording: { $0.wording })
  }

  private var httpHeaders: [HTTPTarget.Header] {
    get throws {
      let token = try tokenFile.map {
        HTTPTarget.Header(name: "Authorization", value: "Bearer \(try Token(file: $0).text)")
      }
      return headers.compactMap(Self.header) + [token].compactMap(\.self)
    }
  }

  /// Splits a header as the command line writes it; nil for any other text.
  private static func header(_ text: String) -> HTTPTarget.Header? {
    guard let colon = text.firstIndex(of: ":"), colon > text.startIndex, !text.contains("\n") else {
      return nil
    }
    let value = String(text[text.index(after: colon)...]).trimmingWhitespace()
    return HTTPTarget.Header(name: String(text[..<colon]), value: value)
  }

  private var serverCommandLine: ServerCommandLine {
    var line = ServerCommandLine()
    line.dependencies = dependencyOptions.dependencies.requirements
    limitOptions.atPrompt.write(to: &line)
    mountOptions.write(to: &line)
    line.state = state
    line.offersCheckpoints = state == .keep
    line.handlesFiles = state == .keep
    line.textForm = .json
    // A person at a prompt may take any time to answer.
    line.results.inputTimeout = 0
    line.cacheFolder = URL(fileURLWithPath: cacheOptions.cache.root.string).path
    line.isOffline = cacheOptions.offline
    line.isVerbose = cacheOptions.verbose
    return line
  }
}

extension Graphics: ExpressibleByArgument {}

extension ProtocolChoice: ExpressibleByArgument {
  public init?(argument: String) {
    if argument == "auto" {
      self = .auto
    } else if let revision = Revision(rawValue: argument) {
      self = .revision(revision)
    } else {
      return nil
    }
  }

  public static var allValueStrings: [String] { ["auto"] + Revision.allCases.map(\.rawValue) }
  public static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
  public var defaultValueDescription: String { "auto" }
}
