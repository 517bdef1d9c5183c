import Foundation
import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// Programs that everybody writes behave as they do under CPython.
  @Suite struct OrdinaryProgramTests {
    private static let lane = Lane()
    private var lane: Lane { Self.lane }

    private static let main = """
      import asyncio
      async def main():
          await asyncio.sleep(0.01)
          return 5

      """

    @Test(arguments: [
      "asyncio.run(main())",
      "asyncio.get_event_loop().run_until_complete(main())",
      "loop = asyncio.new_event_loop()\nloop.run_until_complete(main())",
      "with asyncio.Runner() as runner: value = runner.run(main())\nvalue",
      "from pyodide.ffi import run_sync\nrun_sync(main())",
      "await asyncio.sleep(0)\nasyncio.run(main())",
    ])
    func codeWaitsWhereverItStands(end: String) async throws {
      #expect(try await lane.run(Self.main + end).end == "5")
    }

    @Test func manyTasksWaitAtOnceEachOnItsOwnStack() async throws {
      let code = """
        import asyncio
        from pyodide.ffi import run_sync
        async def wait(number):
            run_sync(asyncio.sleep(0.2))
            return number
        sum(await asyncio.gather(*[wait(number) for number in range(200)]))
        """
      let ran = try await lane.run(code)
      #expect(ran.end == "19900")
      #expect(ran.result.loss == nil)
    }

    @Test func anInterruptedWaitCancelsItsTaskFirst() async throws {
      let code = """
        import asyncio
        async def main():
            try:
                print("waits", flush=True)
                await asyncio.sleep(600)
            except asyncio.CancelledError:
                print("cancelled")
                raise
        asyncio.run(main())
        """
      let ran = try await interrupted(code, whenItWaits: true)
      #expect(ran.output == "waits\ncancelled\n")
      #expect(ran.end == "KeyboardInterrupt")
    }

    @Test func aTaskThatComputesIsInterrupted() async throws {
      let code = """
        import asyncio
        async def main():
            print("computes", flush=True)
            while True: pass
        asyncio.run(main())
        """
      #expect(try await interrupted(code).end == "KeyboardInterrupt")
    }

    @Test(arguments: [
      "os._exit(1)",
      "await asyncio.sleep(0)\nos._exit(1)",
      "async def leave(): os._exit(1)\ntask = asyncio.create_task(leave())\nawait asyncio.sleep(600)",
      "async def leave(): os._exit(1)\nasyncio.run(leave())",
    ])
    func whenPythonEndsTheRunIsAnswered(code: String) async throws {
      let ran = try await lane.run("import asyncio, os\n" + code)
      guard case .died = ran.result.loss else {
        Issue.record("the interpreter lives: \(ran.end)")
        return
      }
    }

    @Test(arguments: [
      ("threshold = 7\nimport __main__\n__main__.threshold", "7"),
      ("import pickle\nclass P: pass\ntype(pickle.loads(pickle.dumps(P()))).__name__", "P"),
      (
        "from typing import get_type_hints\nclass Node:\n    next: 'Node'\n"
          + "get_type_hints(Node)['next'] is Node", "true"
      ),
      (
        "import timeit\ndef work(): pass\n"
          + "timeit.timeit('work()', setup='from __main__ import work', number=3) > 0", "true"
      ),
      (
        "import doctest\ndef one():\n    '''\n    >>> one()\n    2\n    '''\n    return 1\n"
          + "import io, contextlib\nwith contextlib.redirect_stdout(io.StringIO()): ran = doctest.testmod()\n"
          + "str(ran)", "TestResults(failed=1, attempted=1)"
      ),
      ("import inspect\ndef area(r):\n    return r\ninspect.getsource(area)", "def area(r):\n    return r\n"),
    ])
    func theNamesOfTheCodeAreThoseOfItsModule(code: String, value: String) async throws {
      let ran = try await lane.run(code)
      guard case .success(let found?) = ran.result.outcome else {
        Issue.record("no value: \(ran.end)")
        return
      }
      #expect(found.text == value)
    }

    @Test func eachRunHasAModuleOfItsOwn() async throws {
      _ = try await lane.run("threshold = 7")
      #expect(try await lane.run("import __main__\nhasattr(__main__, 'threshold')").end == "False")
    }

    @Test func aFunctionOfAnEarlierRunShowsItsOwnLines() async throws {
      _ = try await lane.run("def fail():\n    x = 1\n    return x / 0", keep: true)
      let ran = try await lane.run(
        "import traceback\ntry:\n    y = 1; z = 2\n    fail()\nexcept Exception: traceback.print_exc()",
        keep: true)
      let lines = ran.stderr.split(separator: "\n")
      #expect(lines.contains("    return x / 0"))
    }

    @Test(arguments: [
      (#"b"\xff""#, #"b'\xff'"#),
      ("a = [1]; a.append(a); a", "[1, [...]]"),
      ("{frozenset([1]): 2}", "{frozenset({1}): 2}"),
      ("import itertools; itertools.count()", "count(0)"),
    ])
    func whatHasNoJSONIsGivenByItsRepr(code: String, representation: String) async throws {
      for keep in [false, true] {
        #expect(
          try await lane.run(code, keep: keep).result.outcome
            == .success(
              .init(text: representation, isString: true, json: nil, representation: representation)))
      }
    }

    @Test func aKeptIteratorIsNotUsedUpByBeingShown() async throws {
      _ = try await lane.run("g = (n * n for n in range(3))\ng", keep: true)
      #expect(try await lane.run("list(g)", keep: true).end == "[0, 1, 4]")
      guard case .success(let value?) = try await lane.run("(n * n for n in range(2))").result.outcome else {
        Issue.record("no value")
        return
      }
      #expect(value.text == "[\n  0,\n  1\n]")
    }

    @Test func iteratorsInContainersAreUsedUpOnlyWhereNothingIsKept() async throws {
      let begin = "g = zip([1])\nclass Own(list): pass\n"
      let kept = try await lane.run(begin + "[1, {'a': (g,)}, Own([g])]", keep: true)
      let shown = kept.value?.json?.filter { !$0.isWhitespace }
      let form = /\[1,{"a":\["<zipobjectat0x\w+>"\]},\["<zipobjectat0x\w+>"\]\]/
      #expect(shown?.wholeMatch(of: form) != nil)
      #expect(try await lane.run("list(g)", keep: true).end == "[(1,)]")
      let dropped = try await lane.run(begin + "[1, {'a': (g,)}, (i for i in (0.5, float('nan')))]")
      #expect(dropped.value?.text.filter { !$0.isWhitespace } == #"[1,{"a":[[[1]]]},[0.5,NaN]]"#)
      #expect(dropped.value?.json?.filter { !$0.isWhitespace } == #"[1,{"a":[[[1]]]},[0.5,null]]"#)
    }

    @Test(arguments: [
      ("[['x'] * 3_000_000]", "[['x', 'x', "), ("import itertools\n[itertools.count(7)]", "[count("),
    ])
    func aValueOfTooManyItemsIsGivenByItsRepr(code: String, beginning: String) async throws {
      let ran = try await lane.run(code)
      #expect(ran.result.loss == nil)
      #expect(ran.value?.text.hasPrefix(beginning) == true)
      #expect(ran.value?.isString == true)
      #expect((ran.value?.text.count ?? 0) <= 100_000)
    }

    @Test(arguments: [
      "class Node:\n    def __init__(self, v, f): self.f = f\nh = None\n"
        + "for i in range(10_000): h = Node(i, h)\nh = None",
      "class C:\n    def __repr__(self): return repr(self)\nrepr(C())",
      "from functools import partial\ndef walk(items, *, extra=1):\n    again = partial(walk, extra=1)\n"
        + "    for item in items: again(item)\nc = []; c.append(c)\nwalk(c)",
      "import json\njson.loads('[' * 10_000 + ']' * 10_000)",
      "assert eval('1' + '+1' * 5000) == 5001",
      "import copy, pickle\nx = []\nfor _ in range(20_000): x = [x]\ncopy.deepcopy(x)",
    ])
    func deepRecursionIsRightOrAnError(code: String) async throws {
      for prefix in ["", "import asyncio\nawait asyncio.sleep(0)\n"] {
        let program =
          prefix + "try:\n" + code.split(separator: "\n").map { "    \($0)\n" }.joined()
          + "except RecursionError: pass\nprint('alive')"
        let ran = try await lane.run(program)
        #expect(ran.stdout == "alive\n", "\(ran.end)")
        #expect(ran.result.loss == nil)
      }
    }

    @Test func whatIsWrittenToTheTerminalIsOutput() async throws {
      let ran = try await lane.run("with open('/dev/tty', 'w') as terminal: terminal.write('seen\\n')\n1")
      #expect(ran.stdout == "seen\n")
      #expect(ran.result.loss == nil)
    }

    @Test func aPasswordIsAskedOfTheClient() async throws {
      let interpreter = try await lane.current()
      let asked = Recorder<InputQuestion>()
      let code = "import getpass\ngetpass.getpass('Key: ')"
      let result = await interpreter.run(
        code,
        input: { question in
          asked.append(question)
          return "secret"
        }, output: { _ in })
      #expect(Ran(result: result, output: []).end == "'secret'")
      #expect(asked.values == [InputQuestion(prompt: "Key: ", isHidden: true)])
    }

    /// Runs `code` and interrupts it when it has written something, or waits in the event loop after that.
    private func interrupted(
      _ code: String, whenItWaits: Bool = false
    ) async throws -> (output: String, end: String) {
      let interpreter = try await lane.current()
      let written = Recorder<OutputChunk>()
      let (begun, began) = AsyncStream.makeStream(of: Void.self)
      let running = Task {
        await interpreter.run(code) { chunk in
          written.append(chunk)
          began.yield()
        }
      }
      for await _ in begun { break }
      // It is answered by the event loop.
      if whenItWaits { _ = await interpreter.complete("asy") }
      running.cancel()
      let ran = Ran(result: await running.value, output: written.values)
      return (ran.stdout, ran.end)
    }
  }
}
