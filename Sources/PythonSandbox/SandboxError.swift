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
    /// There is no room for a checkpoint of this size.
    public static let checkpointTooLarge = Code("checkpointTooLarge")
    /// A checkpoint cannot be read or written, or belongs to another image.
    public static let checkpointUnusable = Code("checkpointUnusable")
  }

  /// The kind of the error.
  public var code: Code
  /// One sentence that says what happened.
  public var message: String
  /// One sentence that says what the user can do; nil for none.
  public var advice: String?

  public init(_ code: Code, _ message: String, advice: String? = nil) {
    self.code = code
    self.message = message
    self.advice = advice
  }

  /// The message, followed by the advice if there is one.
  public var description: String { advice.map { "\(message) \($0)" } ?? message }
}
