import Foundation
import SystemPackage
import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// A Python that goes on from a snapshot is one that has just been started, only sooner.
  @Suite struct SnapshotTests {
    private static func run(_ code: String, usesSnapshot: Bool = true) async throws -> Ran {
      try await once(InterpreterOptions(usesSnapshot: usesSnapshot)).run(code)
    }

    private static func once(_ options: InterpreterOptions) -> Lane { Lane(options) }

    /// The surroundings that code can see.
    private static let surroundings = """
      import sys, os, gc, signal, warnings, locale, asyncio
      files = sorted(os.path.join(root, name) for top in ("/home", "/tmp", "/lib")
                     for root, folders, names in os.walk(top) for name in folders + names)
      own = sorted(name for name in sys.modules if name.partition(".")[0] not in sys.stdlib_module_names)
      repr({
          "path": sys.path, "argv": sys.argv, "modules": own, "files": files, "folder": os.getcwd(),
          "environment": sorted(os.environ.items()), "globals": sorted(globals()), "locale": locale.setlocale(0),
          "recursion": sys.getrecursionlimit(), "filters": warnings.filters, "thresholds": gc.get_threshold(),
          "collects": gc.isenabled(), "interrupt": signal.getsignal(2), "streams": [
              (s.fileno(), s.encoding, s.errors, s.line_buffering) for s in (sys.stdin, sys.stdout, sys.stderr)],
          "next file": os.dup(1), "tasks": len(asyncio.all_tasks(asyncio.get_event_loop())),
      })
      """

    @Test func codeFindsWhatItFindsWithoutASnapshot() async throws {
      let with = try await Self.run(Self.surroundings)
      let without = try await Self.run(Self.surroundings, usesSnapshot: false)
      #expect(with.result.outcome == without.result.outcome)
      guard case .success = with.result.outcome else {
        Issue.record("\(with.end)")
        return
      }
    }

    @Test func twoInterpretersHaveDifferentRandomNumbers() async throws {
      let image = try await HandmadeImage(
        "import random, tempfile; tempfile.mktemp(); mine = random.random()")
      #expect(image.failure == nil)
      let code = """
        import mine, os, random, tempfile, uuid
        print(mine.mine)
        print(random.random())
        print(os.urandom(8))
        print(uuid.uuid4())
        print(tempfile.mktemp())
        """
      let one = try await image.run(code).ran.stdout.split(separator: "\n")
      let other = try await image.run(code).ran.stdout.split(separator: "\n")
      try #require(one.count == 5 && other.count == 5)
      #expect(one[0] == other[0], "what the module computed when it was imported is in the snapshot")
      for index in 1..<5 { #expect(one[index] != other[index]) }
    }

    @Test func whatAnImportLeftInMemoryIsThere() async throws {
      let image = try await HandmadeImage(
        """
        import os, sys
        os.makedirs("/home/pyodide/.cache/mine", exist_ok=True)
        with open("/home/pyodide/.cache/mine/data", "wb") as file: file.write(bytes(range(256)) * 1000)
        os.chmod("/home/pyodide/.cache/mine/data", 0o600)
        os.symlink("data", "/home/pyodide/.cache/mine/link")
        big = b"x" * 40_000_000
        """)
      #expect(image.failure == nil)
      let ran = try await image.run(
        """
        import sys, os
        had = "mine" in sys.modules
        import mine
        with open("/home/pyodide/.cache/mine/link", "rb") as file: data = file.read()
        mode = oct(os.stat("/home/pyodide/.cache/mine/data").st_mode)
        (had, mine.__spec__.name, mine.__spec__.origin, data == bytes(range(256)) * 1000, mode, len(mine.big))
        """
      ).ran
      #expect(ran.end == "(False, 'mine', '/site/mine.py', True, '0o100600', 40000000)")
    }

    /// A file of the same name before it on the path is imported in its place, as always.
    @Test func codesOwnModuleOfThatNameComesFirst() async throws {
      let image = try await HandmadeImage("origin = 'the image'")
      let ran = try await image.run(
        """
        with open("mine.py", "w") as file: file.write("origin = 'the code'")
        import mine
        mine.origin
        """
      ).ran
      #expect(ran.end == "'the code'")
    }

    @Test(arguments: [
      ("import js; mine = js.Array.new()", "holds a JavaScript object"),
      ("import asyncio; asyncio.get_event_loop().create_task(asyncio.sleep(100))", "starts a task"),
      ("mine = open('/tmp/mine', 'w')", "has a file open (/tmp/mine)"),
      (
        "import js; from pyodide.ffi import create_once_callable; js.setTimeout(create_once_callable(print), 1e6)",
        "starts a timer"
      ),
    ])
    func whatCannotBeSavedMeansAPlainStart(module: String, reason: String) async throws {
      let image = try await HandmadeImage(module)
      #expect(image.failure?.contains(reason) == true, "\(image.failure ?? "it was saved")")
      #expect(fileSize(image.path.appending(Image.snapshotName)) == nil)
    }

    @Test func aModuleThatCannotBeImportedIsLeftOut() async throws {
      let image = try await HandmadeImage("1/0")
      #expect(image.failure == nil)
      let ran = try await image.run("import mine").ran
      #expect(ran.end == "ZeroDivisionError: division by zero")
    }

    @Test func aDamagedSnapshotIsNotUsed() async throws {
      let image = try await HandmadeImage("")
      let file = image.path.appending(Image.snapshotName)
      let whole = try #require(FileManager.default.contents(atPath: file.string))
      for damaged in [whole.prefix(whole.count / 2), Data(), Data("12345678901\n".utf8), Data("2\n{}".utf8)] {
        try damaged.write(to: URL(fileURLWithPath: file.string))
        let (ran, diagnostics) = try await image.run("6 * 7")
        #expect(ran.end == "42")
        #expect(diagnostics.contains { $0.hasPrefix("The snapshot cannot be used") })
      }
    }

    @Test func aSnapshotAboveTheMemoryLimitIsNotUsed() async throws {
      let image = try await HandmadeImage("big = bytes(80_000_000)")
      #expect(image.failure == nil)
      let (ran, diagnostics) = try await image.run(
        "import sys\nsys.version_info[0]", InterpreterOptions(limits: Limits(memory: 64)))
      #expect(ran.end == "3")
      #expect(diagnostics.contains { $0.contains("larger than the memory limit") }, "\(diagnostics)")
    }

    @Test func aSessionHasItsOwnMemory() async throws {
      let image = try await HandmadeImage("state = []")
      let code = "import mine; mine.state.append(1); len(mine.state)"
      for _ in 1...2 { #expect(try await image.run(code).ran.end == "1") }
    }
  }
}
