import Foundation
import SystemPackage
import Testing

@testable import PythonSandbox

@Suite struct CheckpointFileTests {
  private let checkpoint = Checkpoint(
    image: "abc", dependencies: ["pandas"], pythonVersion: "3.14.2",
    created: Date(timeIntervalSince1970: 1.5),
    content: Array(0...255) + Array("\n{}\n".utf8))

  /// Writes the checkpoint, lets `change` spoil the file, and reads it.
  private func reread(_ change: (Data) -> Data = { $0 }) throws -> Checkpoint {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("mine")
    try checkpoint.write(to: path)
    let url = URL(fileURLWithPath: path.string)
    try change(try Data(contentsOf: url)).write(to: url)
    return try Checkpoint(contentsOf: path)
  }

  private func replacing(_ text: String, _ other: String) -> (Data) -> Data {
    { data in
      let end = data.firstIndex(of: UInt8(ascii: "\n")) ?? data.endIndex
      let head = String(decoding: data[..<end], as: UTF8.self)
      return Data(head.replacingOccurrences(of: text, with: other).utf8) + data[end...]
    }
  }

  @Test func whatIsWrittenIsRead() throws {
    #expect(try reread() == checkpoint)
  }

  @Test func onlyItsUserReadsIt() throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("mine")
    for _ in 1...2 { try checkpoint.write(to: path) }
    let mode = try FileManager.default.attributesOfItem(atPath: path.string)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try folder.names() == ["mine"])
  }

  @Test func whatIsNotWholeIsRefused() throws {
    let cases: [(change: (Data) -> Data, reason: String)] = [
      ({ _ in Data() }, "is not a checkpoint"),
      ({ _ in Data("{}\n".utf8) }, "is not a checkpoint"),
      ({ _ in Data(repeating: 0x20, count: 100_000) }, "is not a checkpoint"),
      ({ $0.dropLast() }, "does not have the size"),
      ({ $0 + [0] }, "does not have the size"),
      ({ $0.dropLast() + [0] }, "its checksum is wrong"),
      (replacing("\"version\":1", "\"version\":2"), "another version"),
      (replacing("\"bytes\":260", "\"bytes\":9000000000000000000"), "does not have the size"),
      (replacing("\"bytes\":260", "\"bytes\":-1"), "does not have the size"),
      (replacing("\"abc\"", "\"abd\""), "its checksum is wrong"),
      (replacing("pandas", "numpy"), "its checksum is wrong"),
      (replacing("pandas", #"\u001b[2J"#), "is not a checkpoint"),
      (replacing("pandas", #"a\nb"#), "is not a checkpoint"),
      (replacing("3.14.2", "3.14.3"), "its checksum is wrong"),
    ]
    for (change, reason) in cases {
      let error = #expect(throws: SandboxError.self) { try reread(change) }
      #expect(error?.code == .checkpointUnusable)
      #expect(error?.message.contains(reason) == true, "\(error?.message ?? "none") is not \(reason)")
    }
  }

  @Test func aLinkLeadsToTheFile() throws {
    let folder = try TemporaryFolder()
    let (path, link) = (folder.path.appending("mine"), folder.path.appending("link"))
    try checkpoint.write(to: path)
    try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: "mine")
    #expect(try Checkpoint(contentsOf: link) == checkpoint)
  }

  @Test func whatIsNotThereIsRefused() {
    #expect(throws: SandboxError.self) { try Checkpoint(contentsOf: "/nonexistent/file") }
    #expect(throws: SandboxError.self) { try Checkpoint(contentsOf: "/dev/zero") }
    #expect(throws: SandboxError.self) { try checkpoint.write(to: "/nonexistent/file") }
  }
}
