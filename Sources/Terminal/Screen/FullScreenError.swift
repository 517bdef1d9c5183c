/// The reason why there can be no full screen; the plain prompt works in these cases.
public struct FullScreenError: Error, Sendable, Equatable, CustomStringConvertible {
  public struct Code: Sendable, Hashable {
    private let name: String

    /// There is no terminal: the input or the output is a file or a pipe, or the process has none.
    public static let notATerminal = Code(name: "notATerminal")
    /// `TERM` names a terminal that cannot move its cursor, such as `dumb`, or is not set.
    public static let tooSimple = Code(name: "tooSimple")
    /// `TERM` names a terminal that is not described on this machine.
    public static let unknownType = Code(name: "unknownType")
    public static let unavailable = Code(name: "unavailable")
  }

  public var code: Code
  /// The value of `TERM`.
  public var type: String?

  public init(code: Code, type: String? = nil) {
    self.code = code
    self.type = type
  }

  public var description: String {
    switch code {
    case .notATerminal: "The full screen needs a terminal for input and output."
    case .tooSimple:
      if let type {
        "The terminal type \"\(type)\" cannot show a full screen; set TERM to what the terminal is."
      } else {
        "TERM is not set, so nothing is known of the terminal; set it to what the terminal is."
      }
    case .unknownType:
      "The terminal type \"\(type ?? "")\" (TERM) is not known on this machine; "
        + "install its terminfo entry or set TERM=xterm-256color."
    default: "The full screen could not be started."
    }
  }
}
