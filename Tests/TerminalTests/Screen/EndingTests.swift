import SystemPackage
import SystemSupport
import TerminalText
import Testing

@testable import Terminal

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// However a process ends, the terminal is as before. Each ending happens in a process of its own.
extension TerminalSuites {
  @Suite struct EndingTests {
    let terminal: PseudoTerminal
    let before: [UInt8]

    init() throws {
      terminal = try PseudoTerminal()
      before = terminal.settings()
    }

    private func expectRestored(_ name: String) {
      #expect(terminal.settings() == before, "\(name)")
      let output = terminal.output()
      let (drawn, restored) = output.splitAtFirst("drawn")
      #expect(drawn.contains("\u{1b}[?1049h"), "\(name)")
      for sequence in ["\u{1b}[?1049l", "\u{1b}[?2004l", "\u{1b}[?1000l", "\u{1b}[?25h"] {
        #expect(restored.contains(sequence), "\(name): \(sequence.debugDescription)")
      }
    }

    @Test(arguments: [
      SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT,
    ])
    func signals(_ number: Int32) async throws {
      let path = try terminal.path
      await #expect(processExitsWith: .signal(number)) { [path = path as String, number = number as Int32] in
        try Ending.withScreen(path) {
          kill(getpid(), number)
          sleep(10)
        }
      }
      expectRestored("signal \(number)")
    }

    @Test func realCrash() async throws {
      let path = try terminal.path
      await #expect(processExitsWith: .failure) { [path = path as String] in
        try Ending.withScreen(path) {
          let numbers = [1, 2, 3]
          print(numbers[numbers.count + Int.random(in: 0...3)])
        }
      }
      expectRestored("trap")
    }

    @Test func badMemory() async throws {
      let path = try terminal.path
      await #expect(processExitsWith: .signal(SIGSEGV)) { [path = path as String] in
        try Ending.withScreen(path) {
          UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
        }
      }
      expectRestored("bad memory")
    }

    @Test func crashOnAnotherThread() async throws {
      let path = try terminal.path
      await #expect(processExitsWith: .signal(SIGABRT)) { [path = path as String] in
        try Ending.withScreen(path) {
          try OwnedThread.start(receivesSignals: true) { abort() }
          sleep(10)
        }
      }
      expectRestored("abort")
    }

    @Test func exit() async throws {
      let path = try terminal.path
      await #expect(processExitsWith: .exitCode(3)) { [path = path as String] in
        try Ending.withScreen(path) { endProcess(3) }
      }
      expectRestored("exit")
    }

    @Test func thrownErrorReleasesTheScreen() async throws {
      let path = try terminal.path
      await #expect(processExitsWith: .failure) { [path = path as String] in
        try Ending.withScreen(path) { throw FullScreenError(code: .unavailable) }
      }
      expectRestored("error")
    }

    @Test func handlersOfTheProgramAreLeftAlone() async throws {
      let path = try terminal.path
      await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
        signal(SIGTERM) { _ in _exit(7) }
        try Ending.withScreen(path) {
          kill(getpid(), SIGTERM)
          sleep(10)
        }
      }
    }

    @Test func afterClosingSignalsDoAsBefore() async throws {
      let path = try terminal.path
      await #expect(processExitsWith: .signal(SIGTERM)) { [path = path as String] in
        try Ending.withScreen(path) {}
        let descriptor = try FileDescriptor.open(FilePath(path), .readWrite)
        _ = try descriptor.writeAll("<closed>".utf8)
        kill(getpid(), SIGTERM)
        sleep(10)
      }
      #expect(terminal.settings() == before)
      #expect(terminal.output().hasSuffix("<closed>"))
    }
  }
}

enum Ending {
  /// Runs the body, which ends the process, while something is drawn.
  static func withScreen(_ path: String, _ body: () throws -> Void) throws {
    let descriptor = try FileDescriptor.open(FilePath(path), .readWrite)
    var configuration = FullScreen.Configuration()
    configuration.type = "xterm-256color"
    configuration.mouse = true
    let screen = try FullScreen(input: descriptor, output: descriptor, configuration: configuration)
    screen.draw(Frame(size: screen.size, rows: [[Span("drawn")]]))
    try body()
    screen.close()
  }
}

extension String {
  fileprivate func splitAtFirst(_ text: String) -> (String, String) {
    guard let range = firstRange(of: text) else { return (self, "") }
    return (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
  }
}

private func endProcess(_ code: Int32) { exit(code) }
