import Foundation
import SystemPackage

/// A folder that is gone when the test is over.
struct TemporaryFolder: ~Copyable {
  let path: FilePath

  init() throws {
    path = FilePath(NSTemporaryDirectory()).appending("sandbox-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path.string) }

  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path.string).sorted()
  }
}
