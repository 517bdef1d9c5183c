import Synchronization
import SystemPackage
import TerminalText
import Testing

@testable import Terminal

@Suite(.timeLimit(.minutes(1))) struct EditorEngineTests {
  private func makeEngine(_ blocks: [String] = [], editrc: String? = nil) throws -> EditorEngine {
    var configuration = EditorEngine.Configuration()
    let history = History(path: nil)
    for block in blocks { try history.append(block) }
    configuration.history = history
    guard let editrc else {
      configuration.initialization = .none
      return try EditorEngine(configuration: configuration)
    }
    let folder = try TemporaryFolder()
    let file = folder.path.appending("editrc")
    try folder.write(Array((editrc + "\n").utf8), to: file)
    configuration.initialization = .file(file)
    return try EditorEngine(configuration: configuration)
  }

  /// Types what a terminal sends; a state must be possible after each key.
  @discardableResult
  private func type(_ bytes: String, into engine: EditorEngine) async -> EditorState {
    var state = EditorState()
    for key in keys(bytes) {
      state = await engine.press(key)
      #expect((0...state.text.unicodeScalars.count).contains(state.cursor), "after \(key)")
    }
    return state
  }

  private func keys(_ bytes: String) -> [Key] {
    var decoder = KeyDecoder()
    return decoder.feed(Array(bytes.utf8)) + decoder.flush()
  }

  private static let up = "\u{1b}[A"
  private static let down = "\u{1b}[B"
  private static let left = "\u{1b}[D"

  @Test(
    arguments: [
      ("abc", "abc|"),
      ("é漢\u{1f600}", "é漢\u{1f600}|"),
      ("é漢\u{1f600}\u{7f}x", "é漢x|"),
      ("e\u{301}\u{1b}[D", "e|\u{301}"),
      ("ab\u{1b}[Dc", "ac|b"),
      ("ab\u{1b}OD\u{1b}OCc", "abc|"),
      ("bc\u{1}a", "a|bc"),
      ("ab\u{1}\u{5}c", "abc|"),
      ("ab\u{1b}[Hx\u{1b}[Fy", "xaby|"),
      ("abc\u{1}\u{1b}[3~", "|bc"),
      ("one two\u{17}", "one |"),
      ("one two\u{1b}b\u{b}", "one |"),
      ("one two\u{1b}b\u{b}\u{1}\u{19}", "two|one "),
      ("one two\u{1b}[1;5D\u{15}", "|two"),
      ("one two\u{1b}\u{7f}", "one |"),
      ("one two\u{1}\u{1b}d", "| two"),
      ("one two\u{1}\u{1b}[1;5C!", "one!| two"),
      ("one\u{15}\u{1f}", "|one"),
      ("ab\u{14}", "ba|"),
      ("a\u{1b}x\u{c}\u{16}b", "ab|"),
      ("a\u{1b}[15~\u{1b}[5~\u{1b}[99z\u{1b}z\u{1b}]0;t\u{7}b", "ab|"),
      ("\tx", "    x|"),
      ("\t\t\u{7f}", "    |"),
      ("a\r\u{a}b", "ab|"),
      ("", "|"),
    ] as [(String, String)])
  func editing(_ bytes: String, gives expected: String) async throws {
    let state = await type(bytes, into: try makeEngine())
    #expect(state.marked == expected)
    #expect(state.accepted == nil)
  }

  @Test func aLoneEscapeIsNothing() async throws {
    let engine = try makeEngine()
    await type("ab", into: engine)
    await engine.press(.named(.escape))
    await engine.press(.named(.escape))
    #expect(await type("[Dc", into: engine).marked == "ab[Dc|")
  }

  @Test func linesAreWalked() async throws {
    let engine = try makeEngine(["old"])
    await engine.insert("first line\n\nlast")
    #expect(await type(Self.up, into: engine).marked == "first line\n|\nlast")
    #expect(await type(Self.up, into: engine).marked == "firs|t line\n\nlast")
    #expect(await type(Self.down + Self.down, into: engine).marked == "first line\n\nlast|")
    #expect(await type("\u{1b}[H", into: engine).marked == "first line\n\n|last")
    #expect(
      await type(Self.left + Self.left + "\u{1}x\u{5}y", into: engine).marked == "xfirst liney|\n\nlast")
    #expect(await type("\u{b}", into: engine).marked == "xfirst liney|\nlast")
    #expect(await type("\u{15}", into: engine).marked == "|\nlast")
    #expect(await type("\u{1b}[1;5F!\u{1b}[1;5H!", into: engine).marked == "!|\nlast!")
  }

  @Test func historyIsWalkedByBlocks() async throws {
    let block = "def f():\n    return 1"
    let engine = try makeEngine(["first", block])
    await type("typed", into: engine)
    #expect(await type(Self.up, into: engine).marked == block + "|")
    #expect(await type(Self.up, into: engine).marked == "def f():|\n    return 1")
    #expect(await type(Self.up, into: engine).marked == "first|")
    #expect(await type(Self.up, into: engine).marked == "first|")
    #expect(await type(Self.down, into: engine).marked == block + "|")
    #expect(await type(Self.down, into: engine).marked == "typed|")
    #expect(await type(Self.down, into: engine).marked == "typed|")
    #expect(await type("\u{10}\u{10}\u{10}\u{e}", into: engine).marked == block + "|")
  }

  @Test func historyIsSearchedByItsBeginnings() async throws {
    let long = "im" + String(repeating: "p", count: 2_000)
    let engine = try makeEngine(["import os", "x", "import sys", "y"])
    await engine.replace(text: long, cursor: 2)
    #expect(await type("\u{1b}p", into: engine).marked == "im|port sys")
    #expect(await type("\u{1b}p\u{1b}p", into: engine).marked == "im|port os")
    #expect(await type("\u{1b}n", into: engine).marked == "im|port sys")
    #expect(await type("\u{1b}n", into: engine).text == long)
  }

  @Test func longDraftComesBack() async throws {
    let engine = try makeEngine(["x"])
    let draft = String(repeating: "0123456789", count: 500)
    await engine.insert(draft)
    #expect(await type(Self.up, into: engine).text == "x")
    #expect(await type(Self.down, into: engine).text == draft)
  }

  @Test func acceptedBlocksAreRecalled() async throws {
    let history = History(path: nil)
    var configuration = EditorEngine.Configuration()
    configuration.initialization = .none
    configuration.history = history
    let engine = try EditorEngine(configuration: configuration)
    await type("if x:", into: engine)
    await engine.insert("\n    y")
    let state = await engine.accept()
    #expect(state == EditorState(accepted: "if x:\n    y"))
    try history.append("if x:\n    y")
    #expect(await engine.press(.character("z")) == EditorState(text: "z", cursor: 1))
    #expect(await type(Self.up, into: engine).text == "if x:\n    y")
    #expect(await engine.accept().accepted == "if x:\n    y")
    #expect(await engine.accept() == EditorState(accepted: ""))
  }

  @Test func clearedBlocksAreGone() async throws {
    let engine = try makeEngine(["x"])
    await type("abc\(Self.left)", into: engine)
    #expect(await engine.clear() == EditorState())
    #expect(await type("de", into: engine).marked == "de|")
  }

  @Test func endOfInputIsTheCallersBusiness() async throws {
    let engine = try makeEngine()
    #expect(await type("\u{4}", into: engine) == EditorState())
    #expect(await type("a\u{4}\u{1}\u{4}b\u{3}\u{1a}", into: engine).marked == "b|")
  }

  @Test func textIsReplaced() async throws {
    let engine = try makeEngine()
    await type("one\u{15}two", into: engine)
    #expect(await engine.replace(text: "x\ny", cursor: 1).marked == "x|\ny")
    #expect(await engine.replace(text: "é", cursor: 9).marked == "é|")
    #expect(await engine.replace(text: "", cursor: 0).marked == "|")
    #expect(await type("\u{19}", into: engine).marked == "one|")
  }

  @Test func pasteIsVerbatim() async throws {
    let engine = try makeEngine()
    await type("ab\(Self.left)", into: engine)
    let state = await type("\u{1b}[200~if x:\r\n\ty\u{1b}[A\r\u{1b}[201~", into: engine)
    #expect(state.marked == "aif x:\n\ty\u{1b}[A\n|b")
  }

  @Test(.timeLimit(.minutes(1))) func longPasteIsVerbatim() async throws {
    let engine = try makeEngine()
    let line = "    value = some_function(argument, another_argument)  # é\n"
    let text = String(repeating: line, count: 1_000)
    #expect(await engine.insert(text).text == text)
    #expect(await type("x\u{7f}" + Self.up, into: engine).text == text)
    #expect(await engine.accept().accepted == text)
  }

  @Test func searchFollowsTheKeys() async throws {
    let engine = try makeEngine(["import os", "x = 1", "import sys\nsys.exit()", "print(x)"])
    await type("dra", into: engine)
    var state = await type("\u{12}", into: engine)
    #expect(state.marked == "dra|")
    #expect(state.searchPrompt == "(search back) ''")
    state = await type("imp", into: engine)
    #expect(state.marked == "|import sys\nsys.exit()")
    #expect(state.searchPrompt == "(search back) 'imp'")
    #expect(await type("\u{12}", into: engine).marked == "|import os")
    state = await type("\u{12}", into: engine)
    #expect(state.marked == "|import os")
    #expect(state.searchPrompt == "(search back, nothing more) 'imp'")
    #expect(await type("\u{13}", into: engine).marked == "|import sys\nsys.exit()")
    state = await type("\r", into: engine)
    #expect(state.marked == "|import sys\nsys.exit()")
    #expect(state.searchPrompt == nil)
    #expect(await type(Self.up, into: engine).marked == "x = 1|")
    #expect(await type(Self.down + Self.down + Self.down, into: engine).marked == "dra|")
  }

  @Test func searchEndsWithOtherKeys() async throws {
    let engine = try makeEngine(["alpha", "beta été"])
    #expect(await type("\u{12}été\u{1b}[D!", into: engine).marked == "beta!| été")
    await engine.clear()
    #expect(await type("q\u{12}alp\u{7}", into: engine).marked == "q|")
    #expect(await type("\u{12}al\u{7f}\u{7f}", into: engine).searchPrompt == "(search back) ''")
    await engine.press(.named(.escape))
    #expect(await type("\u{12}alp\u{1b}[C?", into: engine).marked == "a?|lpha")
    #expect(await engine.accept().accepted == "a?lpha")
    await type("\u{12}beta", into: engine)
    #expect(await engine.insert("1\n").marked == "1\n|beta été")
    await type("\u{12}alpha", into: engine)
    #expect(await engine.accept().accepted == "alpha")
  }

  @Test func viModeIsTheUsers() async throws {
    let engine = try makeEngine(["old", "older\nblock"], editrc: "bind -v")
    await type("one two", into: engine)
    await engine.press(.named(.escape))
    #expect(await type("0x", into: engine).marked == "|ne two")
    #expect(await type("u", into: engine).text == "one two")
    #expect(await type("wcwthree", into: engine).text == "one three")
    await engine.press(.named(.escape))
    await engine.press(.named(.escape))
    #expect(await type("0dwP", into: engine).text == "one three")
    #expect(await type("k", into: engine).marked == "older\nbloc|k")
    #expect(await type("k", into: engine).text == "older\nblock")
    #expect(await type("k", into: engine).text == "old")
    #expect(await type("jj", into: engine).text == "one three")
    #expect(await type("A\(Self.left)!", into: engine).marked == "one thre!|e")
    #expect(await engine.insert("\n#").marked == "one thre!\n#|e")
    #expect(await engine.accept().accepted == "one thre!\n#e")
    #expect(await type("ab\u{1b}h", into: engine).marked == "|ab")
    let found = await type("i\u{12}ol", into: engine)
    #expect(found.searchPrompt == "(search back) 'ol'")
    #expect(await type("\r", into: engine).text == "older\nblock")
  }

  @Test func viTellsItsMode() async throws {
    let engine = try makeEngine(["old"], editrc: "bind -v")
    #expect(await engine.clear().viMode == .insert)
    let steps: [(keys: String, text: String, mode: EditorState.ViMode)] = [
      ("one two", "one two", .insert), ("\u{1b}", "one two", .command), ("0d", "one two", .command),
      ("w", "two", .command), ("cw", "", .insert), ("d2f\u{1b}", "d2f", .command), ("rx", "d2x", .command),
      ("0fx", "d2x", .command), ("cc", "", .command), ("ab", "ab", .insert), ("\u{1b}2h", "ab", .command),
      ("A!", "ab!", .insert), ("\u{1b}S", "", .insert), ("k\u{1b}k", "old", .command),
    ]
    for (keys, text, mode) in steps {
      let state = await type(keys, into: engine)
      #expect(state.text == text, "\(keys.debugDescription)")
      // After `cc` it is told with the next key.
      #expect(state.viMode == mode, "\(keys.debugDescription)")
    }
    #expect(await engine.accept().viMode == .insert)
    #expect(await (try makeEngine()).press(.character("x")).viMode == nil)
  }

  @Test func viWaitsForKeysAndIsNotConfused() async throws {
    let engine = try makeEngine(["old"], editrc: "bind -v")
    await type("abcb\u{1b}0", into: engine)
    await engine.press(.character("f"))
    #expect(await engine.insert("X").text == "Xabcb")
    await engine.press(.character("f"))
    #expect(await engine.press(.named(.left)).text == "Xabcb")
    let pending = await type("d", into: engine)
    #expect(pending.text == "Xabcb")
    await engine.press(.named(.escape))
    #expect(await engine.accept().accepted == "Xabcb")
    await type("x", into: engine)
    await engine.press(.named(.escape))
    #expect(await type("/ol", into: engine).searchPrompt == "(search back) 'ol'")
    #expect(await type("\r", into: engine).text == "old")
    #expect(await type(":vUGnN.", into: engine).text == "old")
    await type("?ol", into: engine)
    #expect(await engine.replace(text: "new", cursor: 3).text == "new")
    #expect(await engine.accept().accepted == "new")
  }

  @Test func usersBindingsHold() async throws {
    let engine = try makeEngine(
      ["import os", "x"],
      editrc: """
        edit off
        bind ^G ed-move-to-beg
        bind ^T repl-line-end
        bind "\\e[A" ed-search-prev-history
        bind "\\e[H" ed-delete-prev-char
        """)
    #expect(await type("imp" + Self.up, into: engine).text == "import os")
    #expect(await type("\u{7}#\u{14}!", into: engine).marked == "#import os!|")
    #expect(await type("\u{1b}[H", into: engine).marked == "#import os|")
  }

  @Test(arguments: ["bind -e", "bind -v"])
  func noKeysConfuseIt(_ editrc: String) async throws {
    let engine = try makeEngine(
      ["one", "two\nlines", String(repeating: "long ", count: 400)], editrc: editrc)
    var generator = SystemRandomNumberGenerator()
    let characters = Array("abiwdcxyfFtTrRkjhlGpPuU0$^/?nN.~;,|_@#%AICDSKJvq( \n9é漢").map(Key.character)
    let controls = "@abcdefghijklmnopqrstuvwxyz\\]^_".map(Key.control)
    let named = Key.Named.allCases.flatMap {
      [Key.named($0), .altNamed($0), .controlNamed($0), .shiftNamed($0)]
    }
    let all = characters + characters + controls + named + "bdfxpn<09yuclw".map(Key.alt)
    for _ in 0..<6_000 {
      var state: EditorState
      switch Int.random(in: 0..<60, using: &generator) {
      case 0: state = await engine.insert("p\n\tq")
      case 1: state = await engine.replace(text: "r\ns", cursor: Int.random(in: -1...4, using: &generator))
      case 2 where Int.random(in: 0..<4, using: &generator) == 0: state = await engine.accept()
      default: state = await engine.press(all.randomElement(using: &generator) ?? .control("a"))
      }
      #expect((0...state.text.unicodeScalars.count).contains(state.cursor))
      #expect(
        !state.text.unicodeScalars.contains {
          (0x80...0x9f).contains($0.value) || $0.value == 0 || $0.value == 0x1b
        })
    }
    await engine.clear()
    let state = await engine.replace(text: "still here", cursor: 10)
    #expect(state.marked == "still here|" || state.marked == "still her|e")
    #expect(await engine.accept().accepted == "still here")
  }

  @Test func ordersAreKeptInOrder() async throws {
    let engine = try makeEngine()
    for number in 0..<200 { await engine.press(.character(Character("\(number % 10)"))) }
    #expect(await engine.accept().accepted?.count == 200)
  }
}

extension EditorState {
  /// The text with a bar where the cursor is.
  var marked: String {
    var scalars = text.unicodeScalars
    scalars.insert("|", at: scalars.index(scalars.startIndex, offsetBy: cursor))
    return String(scalars)
  }
}

extension EditorEngine {
  @discardableResult
  fileprivate func press(_ key: Key) async -> EditorState { await perform(.press(key)) }

  @discardableResult
  fileprivate func insert(_ text: String) async -> EditorState { await perform(.insert(text)) }

  @discardableResult
  fileprivate func replace(text: String, cursor: Int) async -> EditorState {
    await perform(.replace(text: text, cursor: cursor))
  }

  @discardableResult
  fileprivate func accept() async -> EditorState { await perform(.accept) }

  @discardableResult
  fileprivate func clear() async -> EditorState { await perform(.clear) }
}
