import Synchronization
import SystemSupport
import Testing

@testable import Terminal

@Suite struct GraphicsTests {
  private func known(_ environment: [String: String], isTerminal: Bool = true) -> Graphics? {
    let environment = ["TERM": "xterm-256color", "LANG": "C.UTF-8"].merging(environment) { $1 }
    let traits = TerminalTraits(isTerminal: isTerminal, columns: 80, environment: environment)
    return Graphics.known(by: environment, traits: traits)
  }

  @Test func theEnvironmentNamesTheTerminal() {
    #expect(known(["TERM": "xterm-kitty"]) == .kitty)
    #expect(known(["KITTY_WINDOW_ID": "3"]) == .kitty)
    #expect(known(["TERM": "xterm-ghostty"]) == .kitty)
    #expect(known(["KONSOLE_VERSION": "230801"]) == .kitty)
    #expect(known(["TERM_PROGRAM": "iTerm.app"]) == .iterm2)
    #expect(known(["TERM_PROGRAM": "WezTerm"]) == .iterm2)
    #expect(known(["LC_TERMINAL": "iTerm2"]) == .iterm2)
  }

  @Test func othersAreAsked() {
    #expect(known([:]) == nil)
    #expect(known(["KONSOLE_VERSION": "210400", "KITTY_WINDOW_ID": ""]) == nil)
  }

  @Test func whatStandsBetweenDoesNotPassItOn() {
    #expect(known(["TERM": "tmux-256color", "TMUX": "/tmp/a,1,0", "KITTY_WINDOW_ID": "3"]) == nil)
    #expect(known(["TERM": "screen.xterm-256color", "LC_TERMINAL": "iTerm2"]) == nil)
  }

  @Test func nothingIsShownOrAskedWhereThereIsNoTerminal() {
    #expect(known(["TERM": "xterm-kitty"], isTerminal: false) == Graphics.none)
    #expect(known(["TERM": "dumb"]) == Graphics.none)
    #expect(known(["TERM": ""]) == Graphics.none)
  }

  @Test func cellsWantColourAndSigns() {
    func cells(_ environment: [String: String]) -> Graphics {
      Graphics.cells(on: TerminalTraits(isTerminal: true, columns: 80, environment: environment))
    }
    #expect(cells(["TERM": "xterm", "LANG": "C.UTF-8"]) == .blocks)
    #expect(cells(["TERM": "xterm", "LANG": "C"]) == Graphics.none)
    #expect(cells(["TERM": "xterm", "LANG": "C.UTF-8", "NO_COLOR": "1"]) == Graphics.none)
  }

  @Test func aTerminalsAnswerIsFoundAmongOtherBytes() {
    func numbers(_ text: String) -> [Int]? { DeviceAttributes(in: Array(text.utf8))?.numbers }
    #expect(numbers("\u{1b}[?62;4;22c") == [62, 4, 22])
    #expect(numbers("x\u{1b}[A\u{1b}[?1;2c") == [1, 2])
    #expect(numbers("\u{1b}[?1\u{1b}[?62;4c\u{301}") == [62, 4], "it makes one character with what follows")
    for other in ["", "\u{1b}[?62;4", "\u{1b}[c", "\u{1b}[?62;4;22n", "[?1c"] {
      #expect(numbers(other) == nil)
    }
  }

  /// The terminal writes as long as it is listened to.
  @Test(.timeLimit(.minutes(1))) func aTerminalThatDoesNotStopIsNotListenedToForEver() async throws {
    let terminal = try PseudoTerminal()
    let program = terminal.program
    let numbers = Mutex<[Int]??>(nil)
    // The call blocks, and the threads of tasks may all be busy with other tests.
    try OwnedThread.start {
      let answer = DeviceAttributes(asking: program, milliseconds: 100)
      numbers.withLock { $0 = .some(answer?.numbers) }
    }
    try await terminal.wait(for: DeviceAttributes.question)
    while numbers.withLock({ $0 == nil }), !Task.isCancelled {
      // A full buffer takes nothing until the other end has read.
      try? terminal.type("typed ahead ")
      await Task.yield()
    }
    #expect(numbers.withLock { $0 } == .some(nil))
  }

  @Test func sixelIsTheFourthAbilityAndNotTheKind() {
    #expect(DeviceAttributes(in: Array("\u{1b}[?62;4c".utf8))?.knowsSixel == true)
    #expect(DeviceAttributes(in: Array("\u{1b}[?4;6c".utf8))?.knowsSixel == false)
  }
}
