import Foundation
import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// A checkpoint that somebody has made by hand, with the right checksum: it is refused, or does no more than the code
  /// of a session could.
  @Suite struct CheckpointHostileTests {
    private static let taking = Task {
      let live = try await SavableInterpreter()
      await live("x = 1; _ = open('/tmp/f', 'w').write('text')")
      let checkpoint = try await live.checkpoint()
      await live.stop()
      return checkpoint
    }

    /// Starts from the checkpoint as `change` has made it; nil when that works and the interpreter is a sane one.
    private func refusal(_ change: (inout CheckpointParts) throws -> Void) async throws -> String? {
      let checkpoint = try await Self.taking.value
      var parts = try CheckpointParts(checkpoint)
      try change(&parts)
      return try await refusal(of: try parts.joined(like: checkpoint))
    }

    private func refusal(of checkpoint: Checkpoint) async throws -> String? {
      let reason = try await refusal(of: checkpoint, inPlace: false)
      let other = try await refusal(of: checkpoint, inPlace: true)
      #expect((reason == nil) == (other == nil), "\(reason ?? "taken"), and in place: \(other ?? "taken")")
      return reason
    }

    private func refusal(of checkpoint: Checkpoint, inPlace isInPlace: Bool) async throws -> String? {
      let options = InterpreterOptions(network: nil, limits: Limits(memory: 256), startTimeout: .seconds(60))
      do {
        let restored = try await SavableInterpreter(restoring: checkpoint, inPlace: isInPlace, options)
        #expect(await restored("x") == "1")
        await restored.stop()
        return nil
      } catch let error as SandboxError {
        #expect(error.code == .startFailed)
        return error.message
      }
    }

    @Test func whatIsNotChangedIsTaken() async throws {
      #expect(try await refusal { _ in } == nil)
    }

    @Test func sizesAreChecked() async throws {
      #expect(
        try await refusal { $0.preface["memory"] = 1 << 40 }?.contains("larger than the memory limit") == true
      )
      #expect(try await refusal { $0.preface["memory"] = -1 } != nil)
      #expect(try await refusal { $0.header["delta"] = 1 << 40 } != nil)
      #expect(try await refusal { $0[linkage: "tableLength"] = 1 << 30 }?.contains("its table") == true)
      #expect(try await refusal { $0.preface["header"] = 1 << 50 } == nil, "it is set anew")
      #expect(try await refusal { $0.rest = Array($0.rest.dropLast(10)) }?.contains("cut short") == true)
      #expect(
        try await refusal { parts in
          var files = parts.header["files"] as? [[String: Any]] ?? []
          for index in files.indices where files[index]["bytes"] != nil { files[index]["bytes"] = 1 << 40 }
          parts.header["files"] = files
        } != nil)
    }

    @Test func pagesBeyondTheMemoryAreRefused() async throws {
      // Skips 2^34 words and writes one.
      let delta: [UInt8] = [0x80, 0x80, 0x80, 0x80, 0x40, 1, 1, 2, 3, 4]
      let reason = try await refusal { parts in
        let length = parts.header["delta"] as? Int ?? 0
        parts.header["delta"] = delta.count
        parts.rest = delta + parts.rest.dropFirst(length)
      }
      #expect(reason?.contains("reach beyond its memory") == true, "\(reason ?? "it was taken")")
    }

    @Test(arguments: [
      "/etc/passwd", "/site/../../../../../etc/passwd", "/site/../../../runtime/x", "/tmp/f", "",
      "/site/nothing.so",
    ])
    func librariesAreTheImagesOwn(path: String) async throws {
      let reason = try await refusal { parts in
        parts.preface["libraries"] = (parts.preface["libraries"] as? [String] ?? []) + [path]
        let library: [String: Any] = [
          "name": path, "memoryBase": 0, "memorySize": 0, "tableBase": 0, "tableSize": 0, "global": false,
          "needs": [String](), "handles": [Int](),
        ]
        parts[linkage: "libraries"] = [library]
      }
      #expect(reason != nil)
    }

    @Test func namesOfJavaScriptLeadNowhereElse() async throws {
      // A forged path in place of the module `js` could lead Python to these objects.
      for path in [["Deno"], ["process"], ["postMessage"], ["Worker"], ["constructor", "constructor"]] {
        let reason = try await refusal { parts in
          var held = parts.header["held"] as? [String: Any] ?? [:]
          var keys = held["hiwireKeys"] as? [Any] ?? []
          keys.append(["path": path])
          held["hiwireKeys"] = keys
          parts.header["held"] = held
        }
        #expect(reason == nil, "\(path): it is not there, which harms nobody")
      }
      for key: Any in [["path": "fetch"], ["path": [1]], 7, ["serialized": ["__proto__"]]] {
        #expect(
          try await refusal { parts in parts.header["held"] = ["hiwireKeys": [key], "immortalKeys": [Any]()]
          }?
          .contains("its JavaScript objects") == true)
      }
    }

    @Test func filesAreInMemoryAndLimited() async throws {
      #expect(
        try await refusal { parts in
          let streams: [[String: Any]] = [
            ["descriptor": 5, "path": "/site/../../../etc/passwd", "flags": 0, "position": 0]
          ]
          parts.header["streams"] = streams
        } != nil)
      #expect(
        try await refusal { parts in
          parts.header["streams"] = [["descriptor": 1 << 30, "path": "/tmp/f", "flags": 0, "position": 0]]
        } != nil)
      #expect(
        try await refusal { parts in
          let file: [String: Any] = [
            "path": "/site/pydantic/__init__.py", "id": 1, "mode": 0o100777, "changed": 0, "bytes": 0,
          ]
          parts.header["files"] = [file]
        } != nil)
      let many = (0..<60_000).map {
        ["path": "/tmp/\($0)", "id": 1, "mode": 0o040777, "changed": 0] as [String: Any]
      }
      #expect(try await refusal { $0.header["files"] = many } != nil)
    }

    /// Whatever stands in the memory: the host is not reached.
    @Test func aMemoryOfNonsenseHarmsNobody() async throws {
      let checkpoint = try await Self.taking.value
      var generator = SystemRandomNumberGenerator()
      for round in 1...8 {
        var parts = try CheckpointParts(checkpoint)
        let length = parts.header["delta"] as? Int ?? 0
        for _ in 1...200 {
          parts.rest[Int.random(in: 0..<length, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
        }
        let options = InterpreterOptions(
          network: nil, limits: Limits(timeout: .seconds(5), memory: 256), startTimeout: .seconds(30))
        if let restored = try? await SavableInterpreter(
          restoring: try parts.joined(like: checkpoint), inPlace: round.isMultiple(of: 2), options)
        {
          await restored("import sys, os\nprint(len(sys.modules))")
          await restored.stop()
        }
      }
    }
  }
}
