import Repl
import Subprocess
import SystemSupport
import Terminal

/// The terminal in which tmux runs, as tmux tells it.
struct TmuxClient {
  let identity: TerminalIdentity
  /// True when programs may send their sequences through tmux to the terminal.
  let passesThrough: Bool

  private static let format = "#{client_termtype}\n#{client_termname}\n#{allow-passthrough}"
  private static let patience = Duration.seconds(2)
  private static let mostOutput = 4096

  /// Asks tmux, if the process runs in it.
  init?(_ environment: [String: String]) async {
    guard environment["TMUX"]?.isEmpty == false else { return nil }
    let pane = environment["TMUX_PANE"].map { ["-t", $0] } ?? []
    let asking = Task {
      try await Subprocess.run(
        .name("tmux"), arguments: Arguments(["display-message", "-p"] + pane + [Self.format]), input: .none,
        output: .string(limit: Self.mostOutput), error: .discarded)
    }
    let ending = Task {
      try? await Task.sleep(for: Self.patience)
      asking.cancel()
    }
    defer { ending.cancel() }
    guard let text = try? await asking.value.standardOutput else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 2 else { return nil }
    // An old tmux does not tell the terminal's answer, but its type.
    identity = TerminalIdentity(answer: String(lines[0]))
    // The value is a number in tmux 3.3, and a word in newer ones.
    passesThrough = ["1", "on", "all"].contains(lines[2])
  }
}
