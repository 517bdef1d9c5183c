import Foundation
import SystemPackage
import Testing

@testable import PythonSandbox

@Suite final class NotedDenoTests {
  private let folder: TemporaryFolder
  private let deno: FilePath

  init() throws {
    folder = try TemporaryFolder()
    deno = folder.path.appending("deno")
    try write("first")
  }

  private func write(_ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: deno.string))
  }

  @Test func itIsNotedOnce() throws {
    try NotedDeno.check(deno)
    #expect(try folder.names().sorted() == ["deno", "deno.installed"])
    try NotedDeno.check(deno)
  }

  @Test func anotherContentIsRefusedEachTime() throws {
    try NotedDeno.check(deno)
    try write("other")
    for _ in 1...2 {
      #expect { try NotedDeno.check(deno) } throws: {
        ($0 as? SandboxError)?.message == "\(deno) is not as it was installed."
      }
    }
  }

  @Test func aCopyOfItIsNotedAnew() throws {
    try NotedDeno.check(deno)
    let before = FileManager.default.contents(atPath: "\(deno.string).installed")
    try FileManager.default.removeItem(atPath: deno.string)
    try write("first")
    try NotedDeno.check(deno)
    #expect(FileManager.default.contents(atPath: "\(deno.string).installed") != before)
    try NotedDeno.check(deno)
  }

  @Test func aNoteThatCannotBeReadIsMadeAnew() throws {
    try Data("{".utf8).write(to: URL(fileURLWithPath: "\(deno.string).installed"))
    try NotedDeno.check(deno)
    try write("other")
    #expect(throws: SandboxError.self) { try NotedDeno.check(deno) }
  }

  @Test func whatIsNotThereIsNoFault() throws {
    try NotedDeno.check(folder.path.appending("none"))
    #expect(try folder.names() == ["deno"])
  }
}
