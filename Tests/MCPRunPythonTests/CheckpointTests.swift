import Foundation
import Testing

@testable import MCPRunPython

/// A saved state comes back in another process, and in forks of the sandbox. Each test starts real servers.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CheckpointTests {
  private static let packages = ["pandas"]

  /// The state that pickling would lose, and the state of packages' libraries.
  private static let session = """
    import io, numpy as np, pandas as pd
    numbers = (number * number for number in range(100)); next(numbers)
    add = (lambda kept: lambda value: [kept.append(value), sum(kept)][1])([]); add(1)
    class Square:
        def __init__(self, side): self.side = side
        def __repr__(self): return f"square {self.side}"
    square = Square(3)
    text = io.StringIO(); text.write("in memory, ")
    file = open("/tmp/notes", "w+"); file.write("not flushed")
    generator = np.random.default_rng(1); generator.random(5)
    frame = pd.DataFrame({"a": range(5)})
    None
    """

  private static let look = """
    [next(numbers), add(2), repr(square), type(square) is Square, text.write("then more"), text.getvalue(), file.seek(0),
     file.read(), generator.random(), int(frame.a.sum())]
    """

  private func look(_ sandbox: CodeSandbox) async throws -> String {
    try await sandbox.eval(Self.look).get().value.json
  }

  @Test func everythingSurvivesInAnotherProcessAndInForks() async throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    let expected = try await codeSandbox(dependencies: Self.packages, state: .keep) { sandbox in
      _ = try await sandbox.eval(Self.session).get()
      try await sandbox.checkpoint().write(to: file)
      let fork = try await sandbox.fork()
      let seen = try await look(sandbox)
      #expect(seen.contains("square 3"), "\(seen)")
      #expect(try await look(fork) == seen)
      return seen
    }
    let permissions = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    #expect(permissions == 0o600)
    let checkpoint = try SandboxCheckpoint(contentsOf: file)
    try await codeSandbox(dependencies: Self.packages, resuming: checkpoint) { sandbox in
      #expect(try await look(sandbox) == expected)
      #expect(try await look(sandbox) != expected)
      try await sandbox.restore(checkpoint)
      #expect(try await look(sandbox) == expected)
    }
    await #expect(throws: CodeSandboxError.self) {
      try await codeSandbox(resuming: checkpoint) { try await $0.eval("1") }
    }
  }

  @Test func forksDiverge() async throws {
    let values = try await codeSandbox(state: .keep) { sandbox in
      _ = try await sandbox.eval("x = [0]").get()
      let (one, other) = (try await sandbox.fork(), try await sandbox.fork())
      let second = try await one.fork()
      var values: [[String]] = []
      for (name, sandbox) in [("one", one), ("other", other), ("second", second), ("first", sandbox)] {
        values.append(
          try await sandbox.eval("x.append('\(name)'); [str(y) for y in x]").get().value.decode())
      }
      return values
    }
    #expect(values == [["0", "one"], ["0", "other"], ["0", "second"], ["0", "first"]])
  }

  @Test func forksRunAtTheSameTime() async throws {
    try await codeSandbox(state: .keep) { sandbox in
      let fork = try await sandbox.fork()
      let endless = Task { try await sandbox.eval("while True: pass") }
      #expect(try await fork.eval("6 * 7").get().repr == "42")
      endless.cancel()
      await #expect(throws: CancellationError.self) { try await endless.value }
    }
  }

  @Test func randomNumbersAreTheSameUnlessAsked() async throws {
    try await codeSandbox(state: .keep) { sandbox in
      func number(_ sandbox: CodeSandbox) async throws -> String? {
        try await sandbox.eval("import random; random.random()").get().repr
      }
      _ = try await number(sandbox)
      let checkpoint = try await sandbox.checkpoint()
      let (same, other) = (try await sandbox.fork(), try await sandbox.fork(reseeding: true))
      let next = try await number(sandbox)
      #expect(try await number(same) == next)
      #expect(try await number(other) != next)
      try await sandbox.restore(checkpoint)
      #expect(try await number(sandbox) == next)
      try await sandbox.restore(checkpoint, reseeding: true)
      #expect(try await number(sandbox) != next)
    }
  }

  @Test func whatIsNoCheckpointIsRefusedAndTheSandboxLivesOn() async throws {
    try await codeSandbox(state: .keep) { sandbox in
      _ = try await sandbox.eval("x = 1").get()
      var cut = try await sandbox.checkpoint().data
      cut.removeLast()
      let errors = [
        (Data("nothing of ours".utf8), "The data is not a checkpoint."),
        (Data(), "The data is not a checkpoint."),
        (cut, "The data is damaged: it does not have the size that it should have."),
      ]
      for (data, sentence) in errors {
        let error = await #expect(throws: CodeSandboxError.self) {
          try await sandbox.restore(SandboxCheckpoint(data: data))
        }
        #expect(error?.description == sentence)
      }
      #expect(try await sandbox.eval("x").get().repr == "1")
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    #expect(throws: CodeSandboxError.self) { try SandboxCheckpoint(contentsOf: file) }
    try Data("other".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let checkpoint = try SandboxCheckpoint(contentsOf: file)
    let error = await #expect(throws: CodeSandboxError.self) {
      try await codeSandbox(resuming: checkpoint) { _ in }
    }
    #expect(error?.description == "\(file.path) is not a checkpoint.")
    #expect(throws: CodeSandboxError.self) {
      try checkpoint.write(to: file.appendingPathComponent("below a file"))
    }
  }

  @Test func whatCannotBeSavedIsNamed() async throws {
    try await codeSandbox(state: .keep) { sandbox in
      _ = try await sandbox.eval("import js; mine = js.Array.new(); None").get()
      let error = await #expect(throws: CodeSandboxError.self) { try await sandbox.checkpoint() }
      #expect(error?.description.contains("a JavaScript object (Array, the variable mine)") == true)
    }
    let error = await #expect(throws: CodeSandboxError.self) {
      try await codeSandbox { try await $0.fork() }
    }
    #expect(error?.description.contains("state .keep") == true)
  }

  @Test func nothingIsLeftOnTheWay() async throws {
    func left() throws -> Set<String> {
      let folder = FileManager.default.temporaryDirectory.path
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      return Set(names.filter { $0.hasPrefix("mcp-run-python-\(getpid())-") })
    }
    let before = try left()
    try await codeSandbox(state: .keep) { sandbox in
      let checkpoint = try await sandbox.checkpoint()
      try await sandbox.restore(checkpoint)
      #expect(checkpoint.data.count > 1000)
    }
    #expect(try left().subtracting(before).isEmpty)
  }
}
