import Foundation
import SystemPackage
import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// The folder from which Deno runs the guest.
  @Suite struct GuestFolderTests {
    /// Deno would turn TypeScript into JavaScript at each start.
    @Test func javaScriptStandsInThePlaceOfTypeScript() async throws {
      let folder = try await GuestCode.folder(for: SandboxUnderTest.prepared().runtime)
      let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.string)
      let files = paths.filter { $0.contains(".") }.sorted()
      let expected = GuestFiles.all.map(\.path).map {
        $0.hasSuffix(".ts") ? $0.dropLast(3) + ".js" : $0
      }
      #expect(files == expected.sorted())
      let texts = try files.map {
        try (path: $0, text: String(contentsOfFile: folder.appending($0).string, encoding: .utf8))
      }
      #expect(!texts.contains { $0.path.hasSuffix(".js") && $0.text.contains(".ts\"") })
    }
  }
}
