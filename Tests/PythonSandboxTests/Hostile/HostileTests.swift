import Foundation
import SystemPackage
import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// The attempts of hostile code. Interpreters are shared, so that the suite is quick. An attempt that spoils
  /// one is seen at once, since every case ends with a run that must work.
  @Suite struct HostileTests {
    private static func lane(timeout: Duration, isSavable: Bool = false) -> Lane {
      Lane(
        InterpreterOptions(
          network: nil, limits: Limits(timeout: timeout, memory: 256, residentMemory: 900),
          gracePeriod: .seconds(3), isSavable: isSavable, resets: !isSavable))
    }

    private static let savable = lane(timeout: .seconds(60), isSavable: true)
    private static let savableAndImpatient = lane(timeout: .seconds(1), isSavable: true)

    private static let patient = lane(timeout: .seconds(60))
    private static let impatient = lane(timeout: .seconds(1))

    private func check(_ attempt: HostileCase) async throws {
      try await attempt.check(in: attempt.isEndless ? Self.impatient : Self.patient)
    }

    @Test(arguments: HostileCase.javaScript) func javaScript(_ attempt: HostileCase) async throws {
      try await check(attempt)
    }

    @Test(arguments: HostileCase.files) func files(_ attempt: HostileCase) async throws {
      try await check(attempt)
    }

    @Test(arguments: HostileCase.processes) func processes(_ attempt: HostileCase) async throws {
      try await check(attempt)
    }

    @Test(arguments: HostileCase.resources) func resources(_ attempt: HostileCase) async throws {
      try await check(attempt)
    }

    @Test(arguments: HostileCase.shapes) func shapes(_ attempt: HostileCase) async throws {
      try await check(attempt)
    }

    /// All cases, of which each takes a second here; a quarter of them, chosen by the commit, unless all are wanted.
    static let casesWithCheckpoints: [HostileCase] = {
      let all =
        HostileCase.javaScript + HostileCase.files + HostileCase.processes + HostileCase.resources
        + HostileCase.shapes
      if Share.isWhole { return all }
      return stride(from: Share.seed & 3, to: all.count, by: 4).map { all[$0] }
    }()

    /// With checkpoints on: Python holds other objects of JavaScript then. Each case is followed by a checkpoint, and the
    /// Python that goes on from it runs code.
    @Test(arguments: casesWithCheckpoints) func withCheckpoints(_ attempt: HostileCase) async throws {
      let lane = attempt.isEndless ? Self.savableAndImpatient : Self.savable
      try await attempt.check(in: lane)
      let interpreter = try await lane.current()
      // The attempt may have left something that no checkpoint can hold; the interpreter then says so.
      guard let checkpoint = try? await interpreter.checkpoint() else { return }
      let restored = try await SavableInterpreter(
        restoring: checkpoint, InterpreterOptions(network: nil, limits: Limits(memory: 256)))
      #expect(await restored("6 * 7") == "42")
      await restored.stop()
    }

    /// The last one: nothing is left behind.
    @Test func theHostIsAsItWas() async throws {
      await Self.patient.close()
      await Self.savable.close()
      await Self.savableAndImpatient.close()
      await Self.impatient.close()
      let (runtime, image) = try await SandboxUnderTest.prepared()
      #expect(Image(at: image.path) != nil)
      // Nothing below the image and the runtime is younger than the image itself.
      let made = try FileManager.default.attributesOfItem(atPath: image.path.appending("image.json").string)
      let date = try #require(made[.modificationDate] as? Date)
      for folder in [image.path, runtime.pyodide] {
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.string) {
          let attributes = try FileManager.default.attributesOfItem(atPath: folder.appending(name).string)
          let changed = try #require(attributes[.modificationDate] as? Date)
          #expect(changed <= date, "\(name)")
        }
      }
    }
  }
}
