import Foundation
import SystemPackage
import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// A process in the warden's place that does not keep to the protocol.
  @Suite struct ForgedFrameTests {
    /// Starts `script`, Python that finds the start message's token in `token`, as if it were Deno.
    private func start(_ script: String) async throws -> Interpreter {
      let folder = try TemporaryFolder()
      let deno = folder.path.appending("deno")
      let text = """
        #!/usr/bin/python3
        import json, sys, time
        token = json.loads(sys.stdin.readline())["token"]
        def say(text, end="\\n"):
          sys.stdout.write(text + end); sys.stdout.flush()
        def frame(**fields): say(token + " " + json.dumps(fields, separators=(",", ":")))
        def ready(): frame(kind="ready", python="3")
        def take(): return json.loads(sys.stdin.readline())
        def order():
          taken = take()
          frame(kind="begun", run=taken["run"])
          return taken
        \(script)
        """
      try Data(text.utf8).write(to: URL(fileURLWithPath: deno.string))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: deno.string)
      let (runtime, image) = try await SandboxUnderTest.prepared()
      let isSilent = script == Self.silence
      return try await Interpreter.start(
        image: image, runtime: Runtime(deno: deno, pyodide: runtime.pyodide, cache: runtime.cache),
        options: InterpreterOptions(startTimeout: .seconds(isSilent ? 8 : 60)), environment: [:])
    }

    private static let silence = "time.sleep(600)"

    @Test(arguments: [
      ("say('hello')", "it sent something that is not a message of ours"),
      (
        "say('x ' + json.dumps({'kind': 'ready', 'python': '3'}))",
        "it sent something that is not a message of ours"
      ),
      ("say('garbage', end=''); ready()", "it sent something that is not a message of ours"),
      ("frame(kind='output', stream=1, text='early')", "it sent a message out of order"),
      ("frame(kind='done', run=1, result='{}')", "it sent a message out of order"),
      ("frame(kind='dead', reason='no more')", "no more"),
      ("frame(kind='dead', reason='a\\nb \\x1b]0;t')", "a\\nb \\x1b]0;t"),
      ("say('x' * (65 << 20), end=''); time.sleep(600)", "it sent something that is not a message of ours"),
      (
        "say(token + ' {\"kind\":\"dead\",\"reason\":\"' + 'x' * (65 << 20), end=''); time.sleep(600)",
        "it sent a message that is too long"
      ),
      (
        "say(token + ' ' + json.dumps({'python': '3', 'kind': 'ready'}, separators=(',', ':'))); time.sleep(600)",
        "it sent something that is not a message of ours"
      ),
      ("sys.exit(3)", "its process exited with status 3"),
      (Self.silence, "its process was killed (signal 9)"),
    ])
    func aStartFails(script: String, reason: String) async throws {
      let error = await #expect(throws: SandboxError.self) { _ = try await start(script) }
      #expect(
        error?.message.contains("Python could not be started: \(reason)") == true,
        "\(String(describing: error))")
    }

    @Test(arguments: [
      ("ready(); ready()", "it sent a message out of order"),
      (
        "ready(); r = order()['run']; frame(kind='done', run=r + 1, result='{\"status\":\"success\"}'); time.sleep(60)",
        "it sent a message out of order"
      ),
      (
        "ready(); r = order()['run']; frame(kind='done', run=r, result='nonsense'); time.sleep(60)",
        "it sent a result that cannot be read"
      ),
      (
        "ready(); r = order()['run']; frame(kind='input', run=r + 1, prompt=''); time.sleep(60)",
        "it sent a message out of order"
      ),
      (
        "ready(); r = take()['run']; frame(kind='done', run=r, result='{\"status\":\"success\"}'); time.sleep(60)",
        "it sent a message out of order"
      ),
      (
        "ready(); take(); frame(kind='output', stream=1, text='unbegun'); time.sleep(60)",
        "it sent a message out of order"
      ),
      ("ready(); frame(kind='begun', run=order()['run']); time.sleep(60)", "it sent a message out of order"),
      (
        "ready(); frame(kind='begun', run=take()['run'] + 1); time.sleep(60)",
        "it sent a message out of order"
      ),
      (
        "ready(); order(); frame(kind='file', request=1, operation='stat', mount=0, path='', bytes=0); time.sleep(60)",
        "it sent a message out of order"
      ),
      (
        "ready(); order(); frame(kind='file', request=1, operation='write', mount=0, bytes=(1 << 20) + 1); time.sleep(60)",
        "it sent something that is not a message of ours"
      ),
      (
        "ready(); order(); say(token + ' {\"kind\":\"file\",\"path\":\"' + 'x' * (1 << 20), end=''); time.sleep(60)",
        "it sent a message that is too long"
      ),
      ("ready(); order(); say('forged'); time.sleep(60)", "it sent something that is not a message of ours"),
      (
        "ready(); order(); sys.stdout.buffer.write(bytes(range(256)) + b'\\n'); sys.stdout.flush(); time.sleep(60)",
        "it sent something that is not a message of ours"
      ),
      (
        "ready(); order(); frame(kind='checkpoint', request=1, bytes=5 << 30); time.sleep(60)",
        "it sent a checkpoint that nobody asked for"
      ),
      (
        "ready(); order(); [say(token + ' {\"kind\":\"output\",\"stream\":1,\"text\":\"' + 'y' * 60000 + '\"}') for _ in range(20)]; time.sleep(60)",
        "it wrote more than it may"
      ),
      ("ready(); order(); sys.stdout.close(); import os; os.close(1); time.sleep(60)", "killed (signal 9)"),
    ])
    func aRunIsLostAndTheProcessIsGone(script: String, reason: String) async throws {
      let interpreter = try await start(script)
      let result = await interpreter.run("1") { _ in }
      guard case .died(let told)? = result.loss else {
        Issue.record("\(result)")
        return
      }
      #expect(told.contains(reason))
      await interpreter.stop()
    }

    /// Only code that provably has not begun may be given to another interpreter.
    @Test(arguments: [
      ("order(); os._exit(7)", true),
      ("take(); os._exit(7)", false),
      // Half of the order is read.
      ("os.read(0, 5); os._exit(7)", false),
      // A guest that breaks the protocol proves nothing by not telling.
      ("take(); say('forged'); time.sleep(60)", true),
      ("take(); frame(kind='dead', reason='r'); time.sleep(60)", true),
    ])
    func aRunHasBegunWhenTheWardenToldSo(script: String, hasBegun: Bool) async throws {
      let interpreter = try await start("import os; ready(); \(script)")
      let result = await interpreter.run("1") { _ in }
      #expect(result.loss != nil)
      #expect(result.hasBegun == hasBegun)
      #expect(await !interpreter.run("1") { _ in }.hasBegun, "it had ended before")
      await interpreter.stop()
    }

    /// The system raises SIGPIPE then, which must not end the program that holds the interpreter.
    @Test func aProcessThatCannotBeWrittenToIsEnded() async throws {
      let interpreter = try await start("import os; os.close(0); ready(); time.sleep(600)")
      let result = await interpreter.run("1") { _ in }
      #expect(result.loss == .died(reason: "its process was killed (signal 9)"))
      #expect(!result.hasBegun)
      await interpreter.stop()
    }

    /// A real warden could be ready before the start is cancelled.
    @Test func aCancelledStartLeavesNoProcess() async throws {
      let before = Processes.interpreters()
      let starting = Task { try await start(Self.silence) }
      #expect(try await Processes.wait { !Processes.interpreters().isSubset(of: before) })
      starting.cancel()
      await #expect(throws: SandboxError.self) { try await starting.value }
      #expect(try await Processes.wait { Processes.interpreters().isSubset(of: before) })
    }

    @Test func aResultAfterTheResultEndsTheInterpreter() async throws {
      let interpreter = try await start(
        "ready(); r = order()['run']; [frame(kind='done', run=r, result='{\"status\":\"success\"}') for _ in (1, 2)]; time.sleep(60)"
      )
      #expect(await interpreter.run("1") { _ in }.loss == nil)
      // Its guest would go on for a minute.
      for _ in 0..<250 where await interpreter.isAlive { try await Task.sleep(for: .milliseconds(20)) }
      #expect(await !interpreter.isAlive)
      await interpreter.stop()
    }
  }
}
