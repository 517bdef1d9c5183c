/// Colours by what they mean; without colour every text comes back as it was.
public struct Palette: Sendable {
  public enum Role: Sendable, CaseIterable {
    case prompt, continuation, result, standardError, traceback, notice, heading

    var parameters: String {
      switch self {
      case .prompt: "1;32"
      case .continuation: "32"
      case .result: "36"
      case .standardError: "33"
      case .traceback: "31"
      case .notice: "2"
      case .heading: "1"
      }
    }
  }

  public var isColoured: Bool

  public init(isColoured: Bool) {
    self.isColoured = isColoured
  }

  public init(_ traits: TerminalTraits) {
    isColoured = traits.colour
  }

  /// `text` in the role's colour. It must be safe already; see ``sanitized(_:keeping:)``.
  public func paint(_ text: String, as role: Role) -> String {
    isColoured && !text.isEmpty ? "\u{1b}[\(role.parameters)m\(text)\u{1b}[0m" : text
  }
}
