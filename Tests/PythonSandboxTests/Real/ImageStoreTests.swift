import Foundation
import SystemPackage
import Testing

@testable import PythonSandbox

extension RealSandbox {
  @Suite struct ImageStoreTests {
    private func sandbox(_ folder: borrowing TemporaryFolder, _ dependencies: [String] = []) async throws
      -> Sandbox
    {
      let (runtime, _) = try await SandboxUnderTest.prepared()
      let environment = [
        "MCP_RUN_PYTHON_DENO": runtime.deno.string, "MCP_RUN_PYTHON_PYODIDE": runtime.pyodide.string,
      ]
      return Sandbox(
        cache: CacheDirectory(root: folder.path), dependencies: Dependencies(dependencies),
        environment: environment,
        offline: true)
    }

    @Test func twoBuildersMakeOneImage() async throws {
      let folder = try TemporaryFolder()
      let sandbox = try await sandbox(folder)
      let images = folder.path.appending("images")
      let (runtime, first) = try await SandboxUnderTest.prepared()
      // A builder that was killed left this folder behind.
      let leftover = images.appending(".\(first.name)-1")
      try FileManager.default.createDirectory(atPath: leftover.string, withIntermediateDirectories: true)
      let events = Recorder<String>()
      async let one = sandbox.prepare { events.append($0.text) }
      async let other = sandbox.prepare { events.append($0.text) }
      let (a, b) = try await (one.image, other.image)
      #expect(a.name == b.name)
      #expect(a.name == first.name)
      #expect(runtime.deno == (try await sandbox.prepare { _ in }).runtime.deno)
      #expect(events.values.count { $0 == "Preparing Python" } == 1)
      #expect(events.values.contains("Another process is building the same image; waiting for it"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: images.string) == [a.name])
      #expect(a.manifest.packages.contains { $0.name == "pydantic" })
      #expect(sandbox.images.images().map(\.name) == [a.name])
    }

    @Test func whatCannotBeInstalledLeavesNothing() async throws {
      let folder = try TemporaryFolder()
      let sandbox = try await sandbox(folder, ["surely-not-a-package-of-this-machine"])
      let error = await #expect(throws: SandboxError.self) { _ = try await sandbox.prepare { _ in } }
      #expect(error?.code == .installFailed)
      #expect(error?.message.contains("surely-not-a-package-of-this-machine") == true)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path.appending("images").string) == [])
    }

    @Test func anotherRuntimeIsNeverFetchedInPlaceOfANamedOne() async throws {
      let folder = try TemporaryFolder()
      let installer = RuntimeInstaller(
        cache: CacheDirectory(root: folder.path), environment: ["MCP_RUN_PYTHON_DENO": "/nowhere/deno"])
      let error = await #expect(throws: SandboxError.self) {
        _ = try await installer.runtime(offline: false) { _ in }
      }
      #expect(error?.message.contains("/nowhere/deno") == true)
      let empty = RuntimeInstaller(cache: CacheDirectory(root: folder.path), environment: [:])
      let offline = await #expect(throws: SandboxError.self) {
        _ = try await empty.runtime(offline: true) { _ in }
      }
      #expect(offline?.code == .runtimeUnavailable)
    }
  }
}
