/// A part of the screen that scrolls on its own.
public enum Pane: String, Sendable, Hashable, CaseIterable {
  case console, standardOutput = "stdout", standardError = "stderr", server, traffic

  var title: String {
    switch self {
    case .console: "Console"
    case .standardOutput: "stdout"
    case .standardError: "stderr"
    case .server: "Server"
    case .traffic: "Traffic"
    }
  }
}
