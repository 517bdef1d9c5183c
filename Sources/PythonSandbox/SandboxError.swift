/// The reason why the sandbox could not do its work, in words for the user.
public struct SandboxError: Error, Sendable, CustomStringConvertible {
  /// The kind of an error.
  public struct Code: Sendable, Hashable {
    private let name: String
    private init(_ name: String) { self.name = name }

    /// The runtime (Deno, Pyodide) is missing or damaged, and could not be fetched.
    public static let runtimeUnavailable = Code("runtimeUnavailable")
    /// The cache folder cannot be read or written.
    public static let cacheUnusable = Code("cacheUnusable")
    /// A requested package cannot be installed.
    public static let installFailed = Code("installFailed")
    /// An interpreter could not be started.
    public static let startFailed = Code("startFailed")
    /// The interpreter's state cannot be saved now. It has not changed.
    public static let notSavable = Code("notSavable")
    /// A folder or file of this machine cannot be shown to the code.
    public static let mountRefused = Code("mountRefused")
    /// There is no room for a checkpoint of this size.
    public static let checkpointTooLarge = Code("checkpointTooLarge")
    /// A checkpoint cannot be read or written, or belongs to another image.
    public static let checkpointUnusable = Code("checkpointUnusable")
  }

  /// The kind of the error.
  public var code: Code
  /// One sentence that says what happened.
  public var message: String
  /// The way out of it that the user can take; nil for none.
  public var remedy: SandboxRemedy?
  /// One sentence that tells the remedy; nil for none.
  public private(set) var advice: String?

  public init(_ code: Code, _ message: String, remedy: SandboxRemedy? = nil) {
    self.code = code
    self.message = message
    self.remedy = remedy
    advice = remedy?.description
  }

  /// The same error with its advice in the words of the program that embeds the sandbox.
  public func worded(by wording: SandboxWording) -> SandboxError {
    var error = self
    error.advice = remedy.map(wording.sentence)
    return error
  }

  /// The message, followed by the advice if there is one.
  public var description: String { advice.map { "\(message) \($0)" } ?? message }
}

/// The way out of a failure. The user can take it, or the owner of the program that embeds the sandbox.
public enum SandboxRemedy: Sendable, Hashable, CustomStringConvertible {
  /// Name a folder for the cache, since there is none.
  case nameCacheFolder
  /// Use another folder for the cache; on a full disk, free some space or do that.
  case moveCache(isFull: Bool)
  /// Install into another folder; on a full disk, free some space or do that.
  case installElsewhere(isFull: Bool)
  /// Remove a file that others can write to, or deny it to them.
  case removeWritable
  /// Install Python, or use a runtime of one's own.
  case installPython
  /// Install pip for the Python that is there, or use a runtime of one's own.
  case installPip
  /// Download once more.
  case downloadAgain
  /// See why the package index cannot be reached.
  case reachIndex
  /// Read all that pip wrote.
  case readInstaller
  /// Fetch the runtime for the first time.
  case fetch
  /// Fetch the runtime at a time when the network may be used.
  case fetchOnline
  /// Remove a part of the runtime, which is a path or "it", and fetch it anew.
  case fetchAnew(removing: String)
  /// Correct a variable that names a runtime of one's own.
  case correctVariable
  /// Examine the installation.
  case examine
  /// Start an interpreter with the checkpoint's dependencies.
  case useSameDependencies
  /// Use the version and the cache with which a checkpoint was taken.
  case useSameInstallation

  /// The sentence of a program without settings and commands.
  public var description: String {
    switch self {
    case .nameCacheFolder: "Name one."
    case .moveCache(isFull: false), .installElsewhere(isFull: false): "Choose another folder."
    case .moveCache(isFull: true), .installElsewhere(isFull: true):
      "Free some space, or choose another folder."
    case .removeWritable:
      "Remove it, so that it is made anew; if nobody has used that, 'chmod go-w' will do."
    case .installPython: "Install Python 3 with pip, or name a Deno and a Pyodide of your own."
    case .installPip: "Install it (Debian: apt-get install python3-pip)."
    case .downloadAgain: "Try again; if it persists, the package index or a proxy changes the files."
    case .reachIndex: "Check the network and pip's settings, then try again."
    case .readInstaller: "The lines that pip wrote say more."
    case .fetch: "Fetch it (needs network once, and Python 3 with pip)."
    case .fetchOnline: "Fetch it once with network."
    case .fetchAnew(let part): "Remove \(part), so that it is fetched anew."
    case .correctVariable: "Correct it, or unset it to use the pinned runtime."
    case .examine: "Examine the installation."
    case .useSameDependencies: "Start with the same dependencies."
    case .useSameInstallation:
      "It can be used with the version, and the cache folder, with which it was taken."
    }
  }
}

/// The words in which errors name the settings and the commands of the program that embeds the sandbox.
public struct SandboxWording: Sendable {
  /// The name of the setting that forbids the network while the sandbox is prepared.
  public var offline: String
  /// Words a remedy as one sentence; nil leaves it in the library's words.
  public var remedy: @Sendable (SandboxRemedy) -> String?

  /// By default the words are the library's, which names no settings and no commands.
  public init(
    offline: String = "the setting 'offline'",
    remedy: @escaping @Sendable (SandboxRemedy) -> String? = { _ in nil }
  ) {
    self.offline = offline
    self.remedy = remedy
  }

  /// The sentence that tells a remedy.
  public func sentence(_ remedy: SandboxRemedy) -> String { self.remedy(remedy) ?? remedy.description }
}
