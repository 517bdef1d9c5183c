import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// `--state reset`: only after code that cannot leave anything behind the next run gets the same interpreter.
  ///
  /// That the next run finds nothing is tested with whole sessions, see `Tests/EndToEnd/protocol/test_planted.py`.
  @Suite struct ResetTests {
    private static let lane = Lane(InterpreterOptions(network: nil))

    @Test(arguments: [
      "1 + 1", "x = 1\nx", "print('seen')", "sum(n * n for n in range(10))", "password[::-1]",
      "def f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nf(10)", "f'{str(1)!r:>5}' + '%d' % 2",
      "try:\n  1 / 0\nexcept ZeroDivisionError as error:\n  print(error)", "1 / 0", "this is no Python",
      "def g():\n  yield 1\nlist(g())", "list(map(str, [1, 2]))", "assert [1, *'a'] == [1, 'a']",
      "d = {'a': 1}\nd['b'] = [lambda x: x]\n{**d}", "while True:\n  if print: break",
    ])
    func harmlessCodeKeepsTheInterpreter(code: String) async throws {
      let ran = try await Self.lane.run(code, globals: #"{"password": "secret"}"#)
      #expect(ran.result.loss == nil)
      #expect(!ran.result.isSpent)
    }

    @Test(arguments: [
      "import math", "from js import fetch", "(1).real", "class A: pass", "open('/tmp/f', 'w')",
      "def f(exec): pass\nexec('1')", "if 0: open = 1\nopen", "[1 for getattr in []]\ngetattr",
      "try: pass\nexcept Exception as eval: pass\neval('1')", "(type := type)", "lambda vars: 1\nvars()",
      "match 1:\n  case object(__class__=kind): pass",
      "kind = 1\nmatch 1:\n  case object(__class__=kind): kind",
      "f\"{(1).real}\"", "t'{1}'", "def g():\n  try: yield\n  finally: print(1)\ng()",
      "def g():\n  try: yield from [1]\n  except: print(1)\ng()", "str(b'a', 'idna')",
      "bytes('a', encoding='idna')",
      "s = str\ns(b'a', 'idna')", "list(map(str, [b'a'], ['idna']))", "str(*[b'a', 'idna'])", "__builtins__",
      "def f(__builtins__): pass", "import asyncio\nawait asyncio.sleep(0)",
      "async def f(): return [x async for x in y]", "x = 1\ndel x",
      "with 1: pass", "type X = int", "def f[T](x: T): pass", "exec",
    ])
    func otherCodeSpendsIt(code: String) async throws {
      #expect(try await Self.lane.run(code).result.isSpent)
    }

    @Test func whatSpentItStaysSo() async throws {
      let interpreter = try await SandboxUnderTest.interpreter(InterpreterOptions(network: nil))
      let codes = ["1", "import math", "1"]
      var spent: [Bool] = []
      for code in codes { spent.append(await interpreter.run(code, output: { _ in }).isSpent) }
      #expect(spent == [false, true, true])
      await interpreter.stop()
    }

    @Test func keepingIsNotDisturbed() async throws {
      let lane = Lane(InterpreterOptions(network: nil))
      _ = try await lane.run(
        "import decimal, os\ndecimal.getcontext().prec = 3\nos.chdir('/tmp')", keep: true)
      #expect(try await lane.run("(decimal.getcontext().prec, os.getcwd())", keep: true).end == "(3, '/tmp')")
      await lane.close()
    }
  }
}
