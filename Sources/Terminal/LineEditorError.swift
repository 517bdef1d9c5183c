/// The reason why lines cannot be edited.
public struct LineEditorError: Error, Sendable, Equatable, CustomStringConvertible {
  public struct Code: Sendable, Hashable {
    private let name: String

    public static let notATerminal = Code(name: "notATerminal")
    public static let unavailable = Code(name: "unavailable")
  }

  public var code: Code

  public var description: String {
    switch code {
    case .notATerminal: "Lines can only be edited on a terminal; input and output must both be one."
    default: "The line editor could not be started; pipe the code in instead."
    }
  }
}
