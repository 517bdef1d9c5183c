import Foundation
import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// A Python that goes on from a checkpoint is the one that was saved.
  @Suite struct CheckpointTests {
    /// A session with objects that pickling would lose.
    private static let session = """
      import asyncio, os, random, re, sqlite3, tempfile, threading
      from js import JSON
      await asyncio.sleep(0.01)
      def count():
          for number in range(100): yield number
      numbers = count(); next(numbers); next(numbers)
      def counter():
          total = 0
          def add(): nonlocal total; total += 1; return total
          return add
      add = counter(); add()
      class Shape:
          sides = 0
          def __repr__(self): return f"a shape with {self.sides} sides"
      class Square(Shape): sides = 4
      square = Square()
      lock = threading.Lock(); lock.acquire()
      random.seed(7); random.random()
      os.makedirs("/tmp/deep/er"); os.chdir("/tmp/deep")
      os.environ["MINE"] = "yes"
      text = open("notes.txt", "w+"); text.write("kept, "); text.flush(); text.write("and not flushed")
      same = os.dup(text.fileno())
      os.symlink("notes.txt", "link"); os.utime("notes.txt", (1, 86400))
      removed = tempfile.TemporaryFile(); removed.write(b"nameless"); removed.flush()
      library = open("/site/pydantic/__init__.py"); first = library.readline()
      database = sqlite3.connect("data.db"); database.execute("create table t(x)"); database.commit()
      pattern = re.compile("(a+)b")
      large = bytearray(b"large") * 5_000_000
      """

    private static let question = """
      database.execute("insert into t values (1)")
      (next(numbers), add(), repr(square), type(square).__mro__[1] is Shape, lock.locked(), random.random(),
       os.getcwd(), os.listdir(), os.environ["MINE"], os.stat("notes.txt").st_mtime, text.write("!"), text.seek(0),
       text.read(), os.fstat(same).st_size, open("link").read(), removed.seek(0), removed.read(),
       library.readline(), database.execute("select * from t").fetchall(), pattern.match("aab")[1], hash("x"),
       large[-5:], len(large), JSON.stringify([1]))
      """

    @Test func everythingIsAsItWas() async throws {
      let live = try await SavableInterpreter()
      #expect(await live(Self.session) == "None")
      let checkpoint = try await live.checkpoint()
      let answer = await live(Self.question)
      #expect(answer.hasPrefix("(2, 2, 'a shape with 4 sides', True, True, 0."), "\(answer)")
      await live.stop()
      for isInPlace in [false, true, true] {
        let restored = try await SavableInterpreter(restoring: checkpoint, inPlace: isInPlace)
        let other = await restored(Self.question)
        #expect(other == answer)
        await restored.stop()
      }
    }

    @Test func theLiveOneGoesOnAndForksDiverge() async throws {
      let live = try await SavableInterpreter()
      await live("x = [1]; open('/tmp/file', 'w').write('1')")
      let checkpoint = try await live.checkpoint()
      let fork = try await SavableInterpreter(restoring: checkpoint)
      await live("x.append('live'); _ = open('/tmp/file', 'a').write('live')")
      await fork("x.append('fork'); _ = open('/tmp/file', 'a').write('fork')")
      #expect(await live("(x, open('/tmp/file').read())") == "([1, 'live'], '1live')")
      #expect(await fork("(x, open('/tmp/file').read())") == "([1, 'fork'], '1fork')")
      await live.stop()
      // A restored interpreter can be saved again.
      let second = try await fork.checkpoint()
      await fork.stop()
      let third = try await SavableInterpreter(restoring: second)
      #expect(await third("import csv; (x, csv.__name__)") == "([1, 'fork'], 'csv')")
      await third.stop()
      // One that was restored in the place of another can be saved too.
      let fourth = try await SavableInterpreter(restoring: second, inPlace: true)
      await fourth("x.append(4); import gc; _ = gc.collect()")
      let fifth = try await SavableInterpreter(restoring: try await fourth.checkpoint())
      #expect(await fifth("(x, open('/tmp/file').read())") == "([1, 'fork', 4], '1fork')")
      await fourth.stop()
      await fifth.stop()
    }

    @Test func randomNumbersAreTheSameUnlessAsked() async throws {
      let live = try await SavableInterpreter()
      await live("import random")
      let checkpoint = try await live.checkpoint()
      let number = await live("random.random()")
      await live.stop()
      let same = try await SavableInterpreter(restoring: checkpoint)
      #expect(await same("random.random()") == number)
      await same.stop()
      for isInPlace in [false, true] {
        let other = try await SavableInterpreter(restoring: checkpoint, reseeds: true, inPlace: isInPlace)
        #expect(await other("random.random()") != number)
        await other.stop()
      }
    }

    @Test(arguments: [
      ("import js; mine = js.Array.new()", "Python holds a JavaScript object (Array, the variable mine)"),
      (
        "import js; mine = js.Object.getPrototypeOf(js.fetch).constructor",
        "Python holds a JavaScript object (js.fetch.[getProtoTypeOf].constructor)"
      ),
      ("import js; js.mine = 1", "JavaScript has a new global name (mine)"),
      ("import asyncio; mine = asyncio.ensure_future(asyncio.sleep(100))", "a task is pending (sleep)"),
      ("import os; mine = os.pipe()", "Python has a pipe open"),
      ("import asyncio; asyncio.get_event_loop().call_later(100, print); None", "a timer is waiting"),
      ("import ctypes; mine = ctypes.CFUNCTYPE(None)(print)", "it has made a C function of Python code"),
    ])
    func whatCannotBeSavedIsNamed(code: String, reason: String) async throws {
      let live = try await SavableInterpreter()
      #expect(await live("before = 1\n\(code)") == "None")
      let error = await #expect(throws: SandboxError.self) { try await live.checkpoint() }
      #expect(error?.code == .notSavable)
      #expect(error?.message == "The session cannot be saved now: \(reason).")
      #expect(
        await live("import sys; (before, 'js' in sys.modules or 'mine' in globals())").hasPrefix("(1, "))
      await live.stop()
    }

    /// A file that Emscripten begins to open and then refuses is not open.
    @Test func aFileThatCouldNotBeOpenedIsNoObstacle() async throws {
      let live = try await SavableInterpreter()
      #expect(await live("open('/site/pydantic/__init__.py', 'a')").contains("Read-only"))
      let checkpoint = try await live.checkpoint()
      await live.stop()
      let restored = try await SavableInterpreter(restoring: checkpoint)
      #expect(await restored("open('/tmp/x', 'w').fileno()") == "3")
      await restored.stop()
    }

    @Test func aTimerThatWasCancelledIsNoObstacle() async throws {
      let live = try await SavableInterpreter()
      await live("import asyncio\nawait asyncio.wait_for(asyncio.sleep(0.01), 1000)")
      _ = try await live.checkpoint()
      await live.stop()
    }

    @Test func codeThatRunsIsNotSaved() async throws {
      let live = try await SavableInterpreter()
      let run = await live.interpreter.begin("print('begun')\nwhile True: pass", keep: true)
      await #expect(throws: SandboxError.self) { try await live.checkpoint() }
      run.cancel()
      #expect(await run.value.loss == nil)
      _ = try await live.checkpoint()
      await live.stop()
    }

    @Test func withoutASnapshotAllOfTheMemoryIsSaved() async throws {
      let live = try await SavableInterpreter(InterpreterOptions(usesSnapshot: false))
      await live("import decimal; x = decimal.Decimal(2).sqrt()")
      let checkpoint = try await live.checkpoint()
      await live.stop()
      let restored = try await SavableInterpreter(restoring: checkpoint)
      #expect(await restored("x * x").hasPrefix("Decimal('1.99999"))
      await restored.stop()
    }

    @Test func anIdleSessionsCheckpointIsSmall() async throws {
      let live = try await SavableInterpreter()
      await live("x = 1")
      #expect(try await live.checkpoint().size < 1_000_000)
      await live("data = bytes(range(256)) * 40_000")
      let size = try await live.checkpoint().size
      #expect(size > 10_000_000 && size < 12_000_000)
      await live.stop()
    }

    @Test func whatWasFreedIsNotSaved() async throws {
      let live = try await SavableInterpreter()
      await live("data = bytes(range(256)) * 200_000; more = bytes(range(256)) * 40_000; del data")
      let checkpoint = try await live.checkpoint()
      #expect(checkpoint.size > 10_000_000 && checkpoint.size < 12_000_000)
      await live.stop()
      let restored = try await SavableInterpreter(restoring: checkpoint)
      let answer = await restored(
        """
        blocks = [bytearray(1 << size) for size in range(10, 26)]
        (more == bytes(range(256)) * 40_000, any(map(any, blocks)))
        """)
      #expect(answer == "(True, False)")
      await restored.stop()
    }

    @Test func moreMemoryThanTheLimitAllowsIsRefused() async throws {
      let live = try await SavableInterpreter()
      await live("data = bytearray(200_000_000)")
      let checkpoint = try await live.checkpoint()
      await live.stop()
      for isInPlace in [false, true] {
        let error = await #expect(throws: SandboxError.self) {
          try await SavableInterpreter(
            restoring: checkpoint, inPlace: isInPlace, InterpreterOptions(limits: Limits(memory: 128)))
        }
        #expect(
          error?.message.contains("larger than the memory limit") == true, "\(String(describing: error))")
      }
    }
  }
}
