import Foundation
import SystemPackage
import Testing

@testable import PythonSandbox

@Suite final class MountTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func refusal(_ host: String, _ guest: String?) -> String? {
    do {
      _ = try Mount(host: host, guest: guest)
      return nil
    } catch {
      return error.message
    }
  }

  @Test func itStandsAtItsName() throws {
    let mount = try Mount(host: folder.path.string)
    #expect(mount.guest == "/mnt/" + (folder.path.lastComponent?.string ?? ""))
    #expect(mount.access == .readOnly && !mount.isFile)
    let file = folder.path.appending("one.txt").string
    try Data("1".utf8).write(to: URL(fileURLWithPath: file))
    #expect(try Mount(host: file, access: .overlay).isFile)
  }

  @Test func whatIsNotThereIsRefused() {
    #expect(refusal(folder.path.appending("none").string, nil)?.contains("No such file or directory") == true)
    #expect(refusal("/dev/null", nil)?.contains("neither a folder nor a file") == true)
  }

  @Test(arguments: [
    "/", "/work", "/tmp", "/home", "/home/pyodide", "/lib", "/lib/x", "/site/x", "/dev/shm", "/proc/1",
    "/etc",
  ])
  func pythonKeepsItsFolders(guest: String) {
    #expect(refusal(folder.path.string, guest)?.contains("Python needs what is there") == true)
  }

  @Test(arguments: [
    "data", "", "/a/../b", "/a/./b", "/a//b", "/a/", "/a\nb", "/" + String(repeating: "n", count: 256),
  ])
  func aPathThatIsNotPlainIsRefused(guest: String) {
    #expect(refusal(folder.path.string, guest)?.contains("must be absolute and plain") == true)
  }

  @Test(arguments: ["/work/data", "/data", "/mnt", "/home/me", "/libx"])
  func otherPathsAreTaken(guest: String) throws {
    #expect(try Mount(host: folder.path.string, guest: guest).guest == guest)
  }

  @Test func mountsAreApart() throws {
    let host = folder.path.string
    let mount = { (guest: String) in try Mount(host: host, guest: guest) }
    try Mount.checkApart([mount("/data"), mount("/data2"), mount("/mnt/data")])
    #expect(throws: SandboxError.self) { try Mount.checkApart([mount("/data"), mount("/data")]) }
    #expect(throws: SandboxError.self) {
      try Mount.checkApart([mount("/data/x/y"), mount("/mnt"), mount("/data")])
    }
  }
}
