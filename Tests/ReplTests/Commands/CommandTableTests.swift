import TerminalText
import Testing

@testable import Repl

@Suite struct CommandTableTests {
  @Test func everyCommandIsInTheTableOnce() {
    #expect(CommandTable.all.map(\.id).count == Set(CommandTable.all.map(\.id)).count)
    #expect(Set(CommandTable.all.map(\.id)) == Set(Command.ID.allCases))
  }

  @Test func everyCommandCanBeReached() {
    for command in CommandTable.all { #expect(command.isTyped || !command.keys.isEmpty, "\(command.id)") }
  }

  @Test func noKeyMeansTwoThings() {
    let bindings = CommandTable.all.flatMap(\.keys)
    for binding in Set(bindings) {
      #expect(bindings.count { $0 == binding } == 1, "\(binding.key.name) \(binding.context)")
      #expect(CommandTable.command(for: binding.key, in: binding.context) != nil)
    }
  }

  /// Keys that type text must reach the editor and the fields.
  @Test(arguments: [KeyContext.anywhere, .prompt, .historySearch, .completions, .search, .palette])
  func noCharacterIsBoundWhereTextIsTyped(_ context: KeyContext) {
    for command in CommandTable.all {
      for case .character(let character) in command.keys.filter({ $0.context == context }).map(\.key) {
        Issue.record("\(character) is bound in \(context)")
      }
    }
  }

  /// The editor keeps what it is known for.
  @Test(arguments: [
    Key.control("a"), .control("e"), .control("k"), .control("w"), .control("u"), .control("y"), .named(.up),
    .named(.down),
    .named(.left), .named(.home), .named(.escape), .alt("b"), .alt("f"), .named(.delete),
  ])
  func theEditorsKeysAreFree(_ key: Key) {
    #expect(CommandTable.command(for: key, in: .prompt) == nil)
    #expect(CommandTable.command(for: key, in: .anywhere) == nil)
  }

  @Test func theIssuesCommandsCanBeTyped() {
    let names =
      "help tour quit reset restart deps vars time run save history clear layout filter trace send tools call ping cancel copy save-image open enlarge plots checkpoint rewind fork session checkpoints"
    #expect(
      CommandTable.all.filter(\.isTyped).map(\.id.rawValue).sorted()
        == names.split(separator: " ").map(String.init).sorted())
  }

  @Test func theHelpNamesEveryCommandAndKey() {
    let text = HelpPage.lines(columns: 120).map(\.plainText).joined(separator: "\n")
    for command in CommandTable.all {
      #expect(text.contains(command.help))
      if let usage = command.usage { #expect(text.contains(usage)) }
      for binding in command.keys { #expect(text.contains(binding.key.name)) }
    }
  }

  @Test(arguments: [40, 60, 80, 200])
  func theHelpFits(_ columns: Int) {
    for line in HelpPage.lines(columns: columns) where columns >= 60 { #expect(line.width <= columns) }
  }
}

@Suite struct CommandLineTests {
  @Test(arguments: [
    (":help", Command.ID.help, ""), ("  :run  a b.py ", .run, "a b.py"), (":q", .quit, ""),
    (":filter", .filter, ""),
    (":filter kind:error | x", .filter, "kind:error | x"), (":call f {\"a\": 1}", .call, "f {\"a\": 1}"),
    (":time x = 1", .time, "x = 1"),
    (":send\n{}", .send, "{}"),
  ])
  func reads(_ text: String, _ id: Command.ID, _ argument: String) throws {
    #expect(try CommandLine(parsing: text) == CommandLine(id: id, argument: argument))
  }

  @Test(arguments: [
    (":", "A command is missing after the colon; F1 shows all."),
    (":quti", "There is no command \":quti\". Is \":quit\" meant?"),
    (":fliter x", "There is no command \":fliter\". Is \":filter\" meant?"),
    (":xyzzy", "There is no command \":xyzzy\"; F1 shows all."),
    (":re", "\":re\" may be :reset, :restart, :rewind."),
    (":quit now", "\":quit\" takes nothing after it."),
    (":run", "\":run\" wants FILE: :run FILE."),
  ])
  func errorsHelp(_ text: String, _ sentence: String) {
    #expect(throws: CommandError(sentence)) { try CommandLine(parsing: text) }
  }

  @Test(arguments: [(":x", true), ("  :x", true), ("x:", false), ("", false), ("a[:1]", false)])
  func aColonMeansACommand(_ text: String, _ isMeant: Bool) {
    #expect(CommandLine.isMeant(by: text) == isMeant)
  }

  @Test(arguments: [
    ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("", "ab", 2), ("kitten", "sitting", 3),
  ])
  func distances(_ left: String, _ right: String, _ distance: Int) {
    #expect(NearestName.distance(Array(left), Array(right)) == distance)
  }

  @Test(arguments: [
    ("x?", "x", false), (" a.b ?", "a.b", false), ("len??", "len", true), ("_?", "_", false),
  ])
  func inspections(_ text: String, _ name: String, _ withSource: Bool) {
    #expect(Inspection(text)?.name == name)
    #expect(Inspection(text)?.withSource == withSource)
  }

  @Test(arguments: ["?", "x", "x???", "1?", "x + y?", "f()?", "'?'", "a b?"])
  func otherTextIsNoInspection(_ text: String) { #expect(Inspection(text) == nil) }
}
