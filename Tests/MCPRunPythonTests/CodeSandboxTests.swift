import Foundation
import Synchronization
import Testing

@testable import MCPRunPython

/// The library against the real server, one test after the other: each starts a child of its own.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CodeSandboxTests {
  @Test func aValueComesBackAsItsType() async throws {
    struct Point: Codable, Equatable { var x: Int, label: String? }
    let point = Point(x: 3, label: "é")
    let result = try await codeSandbox { sandbox in
      try await sandbox.eval("print('seen', x['label'])\nx['x'] *= 2\nx", globals: ["x": point])
    }
    let success = try result.get()
    #expect(success.output == ["seen é"])
    #expect(try success.value.decode() == Point(x: 6, label: "é"))
    #expect(success.repr == "{'label': 'é', 'x': 6}")
    #expect(success.images == [])
    #expect(success.notice == nil)
  }

  @Test func whatTheCodeShowsAreImages() async throws {
    let code = #"""
      import struct, zlib
      def chunk(kind, data):
          return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
      head = struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0)
      pixels = zlib.compress(bytes(2 * 10))
      class Pair:
          def _repr_png_(self):
              return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
      Pair()
      """#
    let success = try await codeSandbox { try await $0.eval(code).get() }
    #expect(success.images.map(\.mimeType) == ["image/png"])
    #expect(success.images.first?.data.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
    #expect(success.repr?.hasPrefix("<__main__.Pair object") == true)
    #expect(success.notice == nil)
  }

  @Test func evaluationsShareASandboxInTheOrderInWhichTheyCame() async throws {
    let values = try await codeSandbox(state: .keep) { sandbox in
      _ = try await sandbox.eval("import time\nseen = []")
      return try await withThrowingTaskGroup(of: [Int].self) { group in
        for number in 1...4 {
          group.addTask {
            try await sandbox.eval("seen.append(\(number)); time.sleep(0.05)\nseen").get().value.decode()
          }
        }
        return try await group.reduce(into: [[Int]]()) { $0.append($1) }
      }
    }
    // Each one saw those before it, and nothing of those after it.
    #expect(values.map(\.count).sorted() == [1, 2, 3, 4])
    let last = try #require(values.first { $0.count == 4 })
    for value in values { #expect(Array(last.prefix(value.count)) == value) }
  }

  @Test func sandboxesShareNothing() async throws {
    let names = try await codeSandbox(state: .keep) { first in
      try await codeSandbox(state: .keep) { second in
        async let one = first.eval("name = 'first'")
        async let two = second.eval("name = 'second'")
        _ = try await (one, two)
        return [try await first.eval("name").get().repr, try await second.eval("name").get().repr]
      }
    }
    #expect(names == ["'first'", "'second'"])
  }

  @Test func errorsOfTheCodeAreResults() async throws {
    let result = try await codeSandbox { try await $0.eval("print('before')\n1 / 0") }
    guard case .runError(let failure) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(failure.output == ["before"])
    #expect(failure.error.hasPrefix("Traceback (most recent call last):\n  File \"main.py\", line 2"))
    #expect(failure.error.contains("ZeroDivisionError: division by zero"))
    #expect(throws: CodeResult.Failure.self) { try result.get() }
  }

  @Test func aRequirementThatIsNoneIsAnInstallError() async throws {
    let result = try await codeSandbox(dependencies: ["not a requirement!"]) { try await $0.eval("1") }
    guard case .installError(let failure) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(failure.error.contains("not a requirement!"))
  }

  @Test func whatIsPrintedIsLoggedBeforeTheResult() async throws {
    let entries = Mutex<[LogEntry]>([])
    let count = try await codeSandbox(logHandler: { entry in entries.withLock { $0.append(entry) } }) {
      sandbox in
      _ = try await sandbox.eval("import sys\nprint('out')\nprint('err', file=sys.stderr)")
      return entries.withLock { $0.count { $0.logger == "stdout" || $0.logger == "stderr" } }
    }
    #expect(count == 2)
    let printed = entries.withLock { $0.filter { $0.logger != "install" } }
    #expect(printed.map(\.logger) == ["stdout", "stderr"])
    #expect(printed.map(\.level) == ["info", "warning"])
    #expect(printed.map(\.text) == ["out", "err"])
  }

  @Test func limitsHold() async throws {
    let result = try await codeSandbox(limits: SandboxLimits(timeout: 0.5, output: 10)) { sandbox in
      try await sandbox.eval("print('x' * 100)\nwhile True: pass")
    }
    guard case .runError(let failure) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(failure.error.contains("TimeoutError: the code ran longer than 0.5 seconds"))
    #expect(failure.output == ["xxxxxxxxxx"])
    #expect(failure.notice?.contains("10 bytes") == true)
  }

  @Test func cancellingInterruptsTheCodeAndKeepsItsVariables() async throws {
    let (lines, input) = AsyncStream<LogEntry>.makeStream()
    let value = try await codeSandbox(logHandler: { input.yield($0) }, state: .keep) { sandbox in
      _ = try await sandbox.eval("kept = 1")
      let code = "while True:\n  kept += 1\n  if kept == 2: print('begun')"
      let endless = Task { try await sandbox.eval(code) }
      for await line in lines where line.text == "begun" { break }
      endless.cancel()
      await #expect(throws: CancellationError.self) { try await endless.value }
      return try await sandbox.eval("kept").get().value.decode(Int.self)
    }
    #expect(value > 1)
  }

  @Test func theServerIsGoneWhenTheBodyThrows() async throws {
    struct Stop: Error {}
    // Other tests have servers of this process at the same time; this one is known by its limit.
    let memory = 1021
    let count = Mutex(0)
    await #expect(throws: Stop.self) {
      try await codeSandbox(limits: SandboxLimits(memory: memory)) { sandbox in
        _ = try await sandbox.eval("1")
        count.withLock { $0 = Self.servers(memory: memory) }
        throw Stop()
      }
    }
    #expect(count.withLock { $0 } == 1)
    #expect(Self.servers(memory: memory) == 0)
  }

  @Test func aServerThatIsNotThereIsNamed() async throws {
    await #expect(throws: CodeSandboxError.self) {
      try await codeSandbox(executable: "/no/such/server") { try await $0.eval("1") }
    }
    await #expect(throws: CodeSandboxError.self) {
      try await prepareEnvironment(.stdio, executable: "/no/such/server")
    }
  }

  @Test func anEnvironmentIsPreparedOnce() async throws {
    let prepared = try await prepareEnvironment(
      .stdio, dependencies: ["numpy"], networking: .none, limits: SandboxLimits(memory: 512), state: .keep)
    #expect(
      prepared.arguments == [
        "stdio", "--deps", "numpy", "--network", "none", "--memory", "512", "--state", "keep",
      ])
    let sandbox = try await CodeSandbox.start(prepared, logHandler: nil)
    let result = try await sandbox.eval("import numpy\nnumpy.mean(thing)", globals: ["thing": [1, 2, 3]])
    await sandbox.close()
    #expect(try result.get().value.decode(Double.self) == 2)
  }

  @Test func anEnvironmentSaysWhatResultsAreLike() async throws {
    let options = ResultOptions(structured: .only, toolErrors: .flag, inputTimeout: 0.5)
    let prepared = try await prepareEnvironment(.stdio, results: options)
    #expect(
      prepared.arguments == [
        "stdio", "--structured", "only", "--tool-errors", "flag", "--input-timeout", "0.5",
      ])
    let sandbox = try await CodeSandbox.start(prepared, logHandler: nil)
    let result = try await sandbox.eval("6 * 7")
    await sandbox.close()
    #expect(try result.get().value.decode(Int.self) == 42)
  }

  /// The number of servers with this limit in MB that this process has started and that have not ended.
  private static func servers(memory: Int) -> Int {
    let option = Data("\0--memory\0\(memory)\0".utf8)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.count { candidate in
      guard let data = FileManager.default.contents(atPath: "/proc/\(candidate)/stat") else { return false }
      let fields =
        String(decoding: data, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
      let line = FileManager.default.contents(atPath: "/proc/\(candidate)/cmdline") ?? Data()
      return fields.count > 1 && fields[1] == String(getpid()) && line.range(of: option) != nil
    }
  }
}
