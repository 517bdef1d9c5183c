import Testing

@testable import PythonSandbox

@Suite struct RuntimeLockTests {
  @Test func readsVersionsFromComments() {
    let lock = RuntimeLock(Array("# deno 2.9.8\n# pyodide 314.0.3\n# python 3.14.2\ndeno==2.9.8\n".utf8))
    #expect(lock.denoVersion == "2.9.8")
    #expect(lock.pyodideVersion == "314.0.3")
    #expect(lock.pythonVersion == "3.14.2")
  }

  @Test func anotherLockHasAnotherFolder() {
    let one = RuntimeLock(Array("# deno 1\n# pyodide 2\n# python 3\na\n".utf8))
    let other = RuntimeLock(Array("# deno 1\n# pyodide 2\n# python 3\nb\n".utf8))
    #expect(one.folderName.hasPrefix("deno-1-pyodide-2-"))
    #expect(one.folderName != other.folderName)
  }

  @Test func thePinnedLockRequiresHashes() {
    let text = String(decoding: RuntimeLock.pinned.requirements, as: UTF8.self)
    #expect(text.contains("--hash=sha256:"))
    #expect(RuntimeLock.pinned.pythonVersion != "unknown")
  }
}
