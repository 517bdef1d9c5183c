import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A terminal emulator that was written by others: a pane of tmux, in which nothing runs that would read or write.
final class Multiplexer {
  static let isInstalled = run("command -v tmux") != ""

  private let name = "terminal-tests-\(UInt64.random(in: 0 ... .max))"
  /// The pane's terminal, for the program under test.
  let program: FileDescriptor

  init(columns: Int, rows: Int) throws {
    let tmux = "env -u TMUX LC_ALL=C.UTF-8 tmux -L \(name) -f /dev/null"
    Self.run("\(tmux) new-session -d -x \(columns) -y \(rows) 'stty -echo; sleep 600' \\; set -g status off")
    let path = Self.run("\(tmux) display -p '#{pane_tty}'")
    program = try FileDescriptor.open(
      FilePath(path), .readWrite, options: FileDescriptor.OpenOptions(rawValue: O_NOCTTY))
  }

  deinit {
    tmux("kill-server")
    try? program.close()
  }

  @discardableResult
  func tmux(_ command: String) -> String {
    Self.run("env -u TMUX LC_ALL=C.UTF-8 tmux -L \(name) \(command)")
  }

  /// The pane in tmux's own words.
  func value(_ format: String) -> String { tmux("display -p '\(format)'") }

  /// The lines on the screen without blanks at their ends; with SGR sequences if `styled`.
  func screen(styled: Bool = false) -> [String] {
    let text = tmux("capture-pane -p\(styled ? "e" : "")")
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return String(line)
    }
  }

  /// Waits for the screen to satisfy the condition.
  func wait(for condition: ([String]) -> Bool) async throws -> Bool {
    for _ in 0..<2000 {
      if condition(screen()) { return true }
      try await Task.sleep(for: .milliseconds(20))
    }
    return false
  }

  func resize(columns: Int, rows: Int) {
    tmux("resize-window -x \(columns) -y \(rows)")
  }

  @discardableResult
  private static func run(_ command: String) -> String {
    guard let stream = popen(command + " 2>/dev/null", "r") else { return "" }
    defer { pclose(stream) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(stream), byte != EOF { bytes.append(UInt8(byte)) }
    while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
