import Testing

@testable import Repl

@Suite struct SessionCommandTests {
  @Test(arguments: [
    (":checkpoint", SessionCommand.checkpoint(name: nil, file: nil)),
    (":checkpoint before", .checkpoint(name: "before", file: nil)),
    (":checkpoint --save a b.ckpt", .checkpoint(name: nil, file: "a b.ckpt")),
    (":checkpoint  before  --save  ~/a", .checkpoint(name: "before", file: "~/a")),
    (":rewind", .undo(runs: 1)), (":rewind 3", .undo(runs: 3)), (":rewind before", .rewind(to: "before")),
    (":rewind #3", .rewind(to: "#3")), (":rewind --reseed", .undo(runs: 1, reseeds: true)),
    (":rewind 3 --reseed", .undo(runs: 3, reseeds: true)),
    (":rewind --reseed before", .rewind(to: "before", reseeds: true)),
    (":fork --reseed", .fork(name: nil, reseeds: true)),
    (":fork other --reseed", .fork(name: "other", reseeds: true)),
    (":fork", .fork(name: nil)), (":fork other", .fork(name: "other")),
    (":session", .session(name: nil)), (":session main", .session(name: "main")),
    (":checkpoints", .checkpoints),
  ])
  func reads(_ text: String, _ command: SessionCommand) throws {
    #expect(try SessionCommand(CommandLine(parsing: text)) == command)
  }

  @Test(arguments: [
    (":checkpoint 3", "The name of a checkpoint is one word and no number, not \"3\"."),
    (":checkpoint two words", "The name of a checkpoint is one word and no number, not \"two words\"."),
    (
      ":checkpoint two words --save f",
      "The name of a checkpoint is one word and no number, not \"two words\"."
    ),
    (":checkpoint --sav f", "The name of a checkpoint is one word and no number, not \"--sav f\"."),
    (":checkpoint --save", "\":checkpoint --save\" wants FILE to write to."),
    (":rewind 0", "\":rewind\" wants how many runs to undo: 1 or more."),
    (":rewind -2", "\":rewind\" wants how many runs to undo: 1 or more."),
    (":rewind -2 --reseed", "\":rewind\" wants how many runs to undo: 1 or more."),
    (":rewind --resed", "\":rewind\" knows --reseed, and not \"--resed\"."),
    (":fork --resed", "The name of a session is one word and no number, not \"--resed\"."),
    (":fork 1", "The name of a session is one word and no number, not \"1\"."),
    (":checkpoints x", "\":checkpoints\" takes nothing after it."),
  ])
  func errorsHelp(_ text: String, _ sentence: String) {
    #expect(throws: CommandError(sentence)) { try SessionCommand(CommandLine(parsing: text)) }
  }

  @Test(arguments: [
    (":re", [":rewind"]), (":check", [":checkpoint", ":checkpoints"]), (":session ", ["main"]),
    (":fork ", ["--reseed"]), (":vars", []),
  ])
  func thePlainPromptCompletesWhatItKnows(_ line: String, _ items: [String]) {
    #expect(PlainCommand.completions(of: line, in: Sessions())?.items == items)
    #expect(PlainCommand.completions(of: "x" + line, in: Sessions()) == nil)
  }

  @Test func othersAreNone() throws {
    #expect(try SessionCommand(CommandLine(parsing: ":help")) == nil)
    #expect(
      try PlainCommand(parsing: ":rewind 2", images: ImageGallery()) == .session(.undo(runs: 2)))
  }
}
