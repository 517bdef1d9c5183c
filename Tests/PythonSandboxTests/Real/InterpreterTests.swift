import Foundation
import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// The real Deno and Pyodide.
  @Suite struct InterpreterTests {
    private static let lane = Lane()
    private var lane: Lane { Self.lane }

    @Test func givesTheValueOfTheLastLine() async throws {
      let ran = try await lane.run("x = 6\nx * 7")
      #expect(
        ran.result.outcome == .success(.init(text: "42", isString: false, json: "42", representation: "42")))
      #expect(ran.result.loss == nil)
    }

    @Test func keepsVariablesOnlyWhenAsked() async throws {
      _ = try await lane.run("kept = 1", keep: true)
      #expect(try await lane.run("kept", keep: true).end == "1")
      #expect(try await lane.run("2").end == "2")
      #expect(try await lane.run("kept", keep: true).end == "1")
      #expect(try await lane.run("kept").end.hasPrefix("NameError: name 'kept' is not defined"))
    }

    @Test func variablesOfTheClientAreThere() async throws {
      let ran = try await lane.run("(a, b['c'])", globals: #"{"a": 1.5, "b": {"c": [null, true, "é"]}}"#)
      #expect(ran.end == "(1.5, [None, True, 'é'])")
    }

    @Test func outputComesWhileTheCodeRuns() async throws {
      let interpreter = try await lane.current()
      let (chunks, output) = AsyncStream<OutputChunk>.makeStream()
      let code = """
        import sys, time
        try:
            print("one")
            print("two", file=sys.stderr)
            time.sleep(100)
        except KeyboardInterrupt: print("three", end="")
        """
      let run = Task {
        defer { output.finish() }
        return await interpreter.run(code) { output.yield($0) }
      }
      var values: [OutputChunk] = []
      for await chunk in chunks {
        values.append(chunk)
        // Both are there, and the code still sleeps.
        if values.count == 2 { run.cancel() }
      }
      #expect(values.map(\.text) == ["one\n", "two\n", "three"])
      #expect(values.map(\.stream) == [.stdout, .stderr, .stdout])
      #expect(await run.value.loss == nil)
    }

    @Test func bytesThatAreNoTextAreReplaced() async throws {
      let ran = try await lane.run(
        "import os, sys\nsys.stdout.flush(); _ = os.write(1, b'a\\xff\\xc3\\xa9b')")
      #expect(ran.stdout == "a\u{FFFD}éb")
    }

    @Test func thePathsOfAValueAreExact() async throws {
      #expect(try await lane.run("await __import__('asyncio').sleep(0, 7)").end == "7")
      #expect(try await lane.run("None").end == "None")
      #expect(try await lane.run("1/0").end == "ZeroDivisionError: division by zero")
      #expect(try await lane.run("def f(:").end.hasPrefix("SyntaxError"))
    }

    @Test(arguments: [
      "while True: pass",
      "import time\ntime.sleep(100)",
      "import asyncio\nawait asyncio.sleep(100)",
      "import re\nre.match(r'(a+)+$', 'a' * 40 + 'b')",
      "input()",
    ])
    func cancellingInterrupts(code: String) async throws {
      let interpreter = try await lane.current()
      _ = await interpreter.run("here = 1", keep: true) { _ in }
      let run = await interpreter.begin("print('begun')\n\(code)", keep: true) { _ in
        try? await Task.sleep(for: .seconds(100))
        return nil
      }
      try await Task.sleep(for: .milliseconds(100))
      run.cancel()
      let result = await run.value
      #expect(Ran(result: result, output: []).end == "KeyboardInterrupt")
      #expect(result.loss == nil, "it came within the grace period")
      #expect(try await lane.run("here", keep: true).end == "1")
    }

    /// Python looks for interrupts all the time: one that comes at just that moment counts too.
    @Test func noInterruptIsLost() async throws {
      let interpreter = try await lane.current()
      for _ in 1...200 {
        let run = await interpreter.begin("print()\nwhile True: pass", keep: true)
        run.cancel()
        #expect(await run.value.loss == nil)
      }
    }

    @Test(arguments: [
      "while True:\n  try:\n    print('begun')\n    while True: pass\n  except BaseException: pass",
      "print('begun')\nsum(range(10**12))",
    ])
    func whatDoesNotStopIsKilledAndTheNextRunWorks(code: String) async throws {
      let interpreter = try await lane.current()
      let run = await interpreter.begin(code)
      try await Task.sleep(for: .milliseconds(100))
      run.cancel()
      let result = await run.value
      #expect(result.loss == .killed)
      #expect(await !interpreter.isAlive)
      #expect(try await lane.run("1+1").end == "2")
    }

    @Test func aDyingGuestIsToldAndTheNextRunWorks() async throws {
      let ran = try await lane.run("import os; os._exit(3)")
      guard case .died? = ran.result.loss else {
        Issue.record("\(ran.result)")
        return
      }
      #expect(ran.end.hasPrefix("SystemError: the Python interpreter ended unexpectedly"))
      #expect(try await lane.run("1+1").end == "2")
    }

    @Test func completesFromTheVariablesThatAreKept() async throws {
      _ = try await lane.run("completed_name = {}", keep: true)
      let interpreter = try await lane.current()
      #expect(await interpreter.complete("x = completed_n") == ["x = completed_name"])
      #expect(await interpreter.complete("completed_name.setd") == ["completed_name.setdefault("])
    }

    @Test func anAttributeThatRaisesHidesNoOther() async throws {
      let code = """
        class Odd:
            usual = 1
            @property
            def unusual(self): raise RuntimeError("looked at")
            def __getattr__(self, name): raise ValueError(name)
            def __dir__(self): return ["usual", "unusual", "unknown", 7]
        odd = Odd()
        class Closed:
            visible = 1
            def __dir__(self): raise RuntimeError("no list")
        closed = Closed()
        """
      _ = try await lane.run(code, keep: true)
      let interpreter = try await lane.current()
      #expect(
        await interpreter.complete("print(odd.u")
          == ["odd.unknown", "odd.unusual", "odd.usual"].map { "print(\($0)" })
      #expect(await interpreter.complete("closed.vi") == ["closed.visible"])
      #expect(await interpreter.complete("nobody.vi") == [])
    }

    @Test func inputIsAnsweredAndTheClockStopsMeanwhile() async throws {
      let interpreter = try await SandboxUnderTest.interpreter(
        InterpreterOptions(limits: Limits(timeout: .seconds(1))))
      let result = await interpreter.run(
        "input('name? ') + '!'",
        input: { question in
          try? await Task.sleep(for: .milliseconds(1200))
          return "answer to \(question.prompt)"
        }, output: { _ in })
      #expect(Ran(result: result, output: []).end == "'answer to name? !'")
      await interpreter.stop()
    }

    @Test func afterStopTheProcessIsGone() async throws {
      let before = Processes.interpreters()
      let interpreter = try await SandboxUnderTest.interpreter()
      let own = Processes.interpreters().subtracting(before)
      #expect(!own.isEmpty)
      await interpreter.stop()
      #expect(own.allSatisfy { !Processes.isThere($0) })
      #expect(Ran(result: await interpreter.run("1") { _ in }, output: []).result.loss == .killed)
    }
  }
}
