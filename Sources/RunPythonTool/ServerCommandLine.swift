/// The command line of a server of this product, for the programs that start it.
public struct ServerCommandLine: Sendable, Hashable {
  public var transport = ServerTransport.stdio
  /// The packages that the code may import, as for pip.
  public var dependencies: [String] = []
  public var networking = Networking.publicOnly
  public var limits = SandboxLimits()
  /// The folders and files of this machine that code finds.
  public var mounts: [SandboxMount] = []
  /// False starts Python without the snapshot of its image.
  public var usesSnapshot = true
  public var state = SandboxState.reset
  /// True when the server offers tools that save and restore the session; they keep the state.
  public var offersCheckpoints = false
  /// True when the client belongs to the server's user, who may have checkpoints written to files and read.
  public var handlesFiles = false
  public var textForm = TextForm.xml
  public var results = ResultOptions()
  /// The absolute path of the cache folder; nil for the one that the server finds itself.
  public var cacheFolder: String?
  public var isOffline = false
  public var isVerbose = false

  public init() {}

  /// The words that differ from the server's defaults, and no others, because people read and edit this.
  public var arguments: [String] {
    var words = [transport.rawValue] + Self.words(dependencies: dependencies)
    func add(_ option: String, _ value: String?) {
      if let value { words += [option, value] }
    }
    add("--timeout", limits.timeout.map { "\($0)" })
    if networking != .publicOnly { add("--network", networking.argument) }
    for mount in mounts { add("--mount", mount.argument) }
    add("--memory", limits.memory.map(String.init))
    add("--max-output", limits.output.map(String.init))
    add("--max-rss", limits.residentMemory.map(String.init))
    if !usesSnapshot { words.append("--no-snapshot") }
    if offersCheckpoints {
      words.append("--checkpoints")
    } else if state != .reset {
      add("--state", state.rawValue)
    }
    if handlesFiles { words.append("--checkpoint-files") }
    if textForm != .xml { add("--return-mode", textForm.rawValue) }
    add("--structured", results.structured?.rawValue)
    add("--tool-errors", results.toolErrors?.rawValue)
    add("--input-timeout", results.inputTimeout.map { "\($0)" })
    add("--cache-dir", cacheFolder)
    if isOffline { words.append("--offline") }
    if isVerbose { words.append("--verbose") }
    return words
  }

  /// The words that install packages, with all that they need, and start nothing.
  public static func installing(_ dependencies: [String]) -> [String] {
    ["install"] + words(dependencies: dependencies)
  }

  private static func words(dependencies: [String]) -> [String] { dependencies.flatMap { ["--deps", $0] } }
}
