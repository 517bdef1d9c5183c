import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// Limits that hold, each seen to.
  @Suite struct LimitTests {
    private static let lane = Lane(
      InterpreterOptions(limits: Limits(memory: 256, output: 1000, residentMemory: 900)))
    private static let impatient = Lane(InterpreterOptions(limits: Limits(timeout: .seconds(1))))
    /// For code that does not stop anyhow; what does is given more time, since a machine may be slow.
    private static let merciless = Lane(
      InterpreterOptions(limits: Limits(timeout: .seconds(1)), gracePeriod: .milliseconds(100)))
    private var lane: Lane { Self.lane }
    private var impatient: Lane { Self.impatient }
    private var merciless: Lane { Self.merciless }

    @Test(arguments: [
      "while True: pass", "import time\ntime.sleep(100)", "import asyncio\nawait asyncio.sleep(100)",
      "import re\nre.match(r'(a+)+$', 'a' * 40 + 'b')",
    ])
    func timeIsOver(code: String) async throws {
      let ran = try await impatient.run(code)
      #expect(ran.end == "TimeoutError: the code ran longer than 1 second")
      #expect(ran.result.loss == nil)
      #expect(try await impatient.run("1+1").end == "2")
    }

    @Test func theTracebackSaysWhere() async throws {
      let ran = try await impatient.run("def f():\n  while True: pass\nf()")
      guard case .error(let traceback) = ran.result.outcome else {
        Issue.record("no error")
        return
      }
      #expect(
        traceback.hasPrefix(
          "Traceback (most recent call last):\n  File \"main.py\", line 3, in <module>\n    f()\n"))
      #expect(traceback.contains("  File \"main.py\", line 2, in f\n"))
    }

    @Test func aRunMayCatchTheInterruptAndEnd() async throws {
      #expect(
        try await impatient.run("try:\n  while True: pass\nexcept KeyboardInterrupt: r = 5\nr").end == "5")
    }

    @Test(arguments: [
      "sum(range(10**12))", "while True:\n  try:\n    while True: pass\n  except BaseException: pass",
    ])
    func whatDoesNotStopInTimeIsKilled(code: String) async throws {
      let ran = try await merciless.run(code)
      #expect(ran.result.loss == .timedOut(after: .seconds(1)))
      #expect(ran.end.hasPrefix("TimeoutError: the code ran longer than 1 second and did not stop"))
      #expect(try await merciless.run("1+1").end == "2")
    }

    @Test(arguments: ["bytearray(400 << 20)", "x = [bytearray(1 << 20) for _ in range(400)]", "'a' * 10**9"])
    func memoryIsBounded(code: String) async throws {
      let ran = try await lane.run(code)
      #expect(ran.end == "MemoryError")
      #expect(ran.result.loss == nil)
      #expect(try await lane.run("len(bytearray(50 << 20))").end == "52428800")
    }

    @Test func outputIsBoundedAndTheRunGoesOn() async throws {
      let ran = try await lane.run(
        "print('é' * 300)\nprint('x' * 5000)\nimport sys\nprint('more', file=sys.stderr)\n7")
      #expect(ran.output.map(\.text).joined().utf8.count == 1000)
      #expect(ran.stderr == "")
      #expect(ran.result.isOutputDropped)
      #expect(ran.end == "7")
      let next = try await lane.run("print('y' * 999)")
      #expect(next.stdout.utf8.count == 1000)
      #expect(!next.result.isOutputDropped)
    }

    @Test func aCharacterIsNotCutInTwo() async throws {
      let ran = try await lane.run("print('a' * 999 + '😀')")
      #expect(ran.stdout == String(repeating: "a", count: 999))
      #expect(ran.result.isOutputDropped)
    }

    @Test func aResultIsBounded() async throws {
      let result = try await lane.run("'x' * (11 << 20)").result
      let beginning = "'" + String(repeating: "x", count: 99_999)
      #expect(result.isValueShortened)
      #expect(
        result.outcome
          == .success(.init(text: beginning, isString: true, json: nil, representation: beginning)))
      let ran = try await lane.run("raise ValueError('x' * 10**6)")
      if case .error(let traceback) = ran.result.outcome {
        #expect(traceback.count < 101_000)
        #expect(traceback.contains("characters left out"))
      } else {
        Issue.record("no error")
      }
    }

    @Test func filesAreBounded() async throws {
      let full = "OSError: [Errno 51] No space left on device"
      #expect(try await lane.run("open('/tmp/sparse', 'wb').truncate(10**12)").end.hasPrefix(full))
      #expect(
        try await lane.run("f = open('/tmp/seek', 'wb')\nf.seek(10**10)\nf.write(b'x')\nf.flush()").end
          .hasPrefix(full))
      let many =
        "import os\nos.makedirs('/tmp/d', exist_ok=True)\nfor n in range(60000): open(f'/tmp/d/{n}', 'w').close()"
      let unlimited = Lane(InterpreterOptions(limits: Limits(timeout: nil, residentMemory: 3000)))
      #expect(try await unlimited.run(many, keep: true).end.hasPrefix(full))
      let removing = "import shutil\nshutil.rmtree('/tmp/d')\nopen('/tmp/again', 'w').write('x')"
      #expect(try await unlimited.run(removing, keep: true).end == "1")
      let large = "f = open('/tmp/large', 'wb')\nfor _ in range(600): f.write(bytes(1 << 20))"
      #expect(try await unlimited.run(large, keep: true).end.hasPrefix(full))
      let writing = "import os\nos.remove('/tmp/large')\nopen('/tmp/x', 'wb').write(bytes(1 << 20))"
      #expect(try await unlimited.run(writing, keep: true).end == "1048576")
      await unlimited.close()
    }

    @Test(arguments: [
      "import js, time\na = []\nwhile True:\n  a.append(js.Uint8Array.new(20_000_000).fill(1)); time.sleep(0.02)",
      "import time\nn = 0\nwhile True:\n  open(f'/tmp/{n}', 'wb').write(bytes(10_000_000)); n += 1; time.sleep(0.02)",
    ])
    func residentMemoryIsWatched(code: String) async throws {
      let lane = Lane(
        InterpreterOptions(limits: Limits(timeout: .seconds(30), memory: 128, residentMemory: 500)))
      #expect(try await lane.run(code).result.loss == .tooLarge(megabytes: 500))
      #expect(try await lane.run("1+1").end == "2")
      await lane.close()
    }
  }
}
