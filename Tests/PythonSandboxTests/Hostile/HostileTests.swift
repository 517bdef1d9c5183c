import Foundation
import SystemPackage
import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// What hostile code tries. Interpreters are shared, so that the suite is quick; what spoils one is seen at once,
  /// since every case ends with a run that must work.
  @Suite struct HostileTests {
    private static func lane(timeout: Duration) -> Lane {
      Lane(
        InterpreterOptions(
          network: nil, limits: Limits(timeout: timeout, memory: 256, residentMemory: 900),
          gracePeriod: .seconds(3)))
    }

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

    /// The last one: nothing is left behind.
    @Test func theHostIsAsItWas() async throws {
      await Self.patient.close()
      await Self.impatient.close()
      let cache = SandboxUnderTest.cache
      let storage = cache.deno.appending("location_data").string
      #expect(
        try FileManager.default.attributesOfItem(atPath: storage)[.type] as? FileAttributeType == .typeRegular
      )
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
