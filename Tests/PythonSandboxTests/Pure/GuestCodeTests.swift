import Foundation
import Testing

@testable import PythonSandbox

/// The guest's files, and those of them that make images.
struct GuestCodeTests {
  private static let makers = GuestCode.paths(
    reachedFrom: ImageStep.Module.allCases.map(\.source), in: GuestFiles.all)

  @Test func pathsInQuotesAreFollowed() {
    let files: [(path: String, text: String)] = [
      ("image/a.ts", #"import { b } from "../state/b.ts"; import "node:fs"; new URL("../python/", x)"#),
      ("image/a.py", #""../state/c.ts""#), ("image/c.ts", "'../warden/w.ts' // ../warden/w.ts"),
      ("state/b.ts", #"import type { C } from "./c.ts"; export * from "../image/a.ts""#),
      ("state/c.ts", #"Worker("../guest/missing.ts")"#), ("state/d.ts", ""), ("python/p.py", ""),
      ("python/q.py", #""../warden/w.ts""#), ("warden/w.ts", #"import "../state/d.ts""#),
    ]
    #expect(
      GuestCode.paths(reachedFrom: ["image/a.ts"], in: files)
        == ["image/a.ts", "state/b.ts", "state/c.ts", "python/p.py", "python/q.py"])
    #expect(GuestCode.paths(reachedFrom: ["image/c.ts"], in: files) == ["image/c.ts"])
    #expect(GuestCode.paths(reachedFrom: ["warden/w.ts"], in: files) == ["warden/w.ts", "state/d.ts"])
  }

  /// A change to what only the warden uses leaves the images that there are.
  @Test func imagesAreMadeByAllButTheWardensOwn() {
    let others = Set(GuestFiles.all.map(\.path)).subtracting(Self.makers)
    #expect(others.contains("warden/warden.ts"))
    #expect(others.allSatisfy { $0.hasPrefix("warden/") }, "\(others)")
    // The thread that a snapshot is taken in is started by this one.
    #expect(Self.makers.contains("warden/worker.ts"))
    #expect(GuestCode.imageMakers.count == 2 * Self.makers.count)
  }

  @Test func stepsOfAnImageAreThere() {
    #expect(ImageStep.Module.allCases.allSatisfy { Self.makers.contains($0.source) })
  }

  /// The compiler gives the files byte for byte as they are.
  @Test func filesAreEmbeddedAsTheyAre() throws {
    let source = URL(fileURLWithPath: #filePath)
    let root = (0..<4).reduce(source) { url, _ in url.deletingLastPathComponent() }
    let guest = root.appendingPathComponent("Sources/PythonSandbox/Guest")
    let found = try FileManager.default.subpathsOfDirectory(atPath: guest.path)
      .filter { $0.hasSuffix(".ts") || $0.hasSuffix(".py") }
    #expect(GuestFiles.all.map(\.path) == found.sorted())
    for (path, text) in GuestFiles.all {
      let file = try Data(contentsOf: guest.appendingPathComponent(path))
      #expect(Data(text.utf8) == file, "\(path)")
    }
  }
}
