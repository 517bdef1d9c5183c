import Testing

@testable import PythonSandbox

@Suite struct PipExplainTests {
  @Test(
    arguments: [
      ("/usr/bin/python3: No module named pip", .runtimeUnavailable, "pip is needed"),
      (
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", .runtimeUnavailable,
        "sha256"
      ),
      ("OSError: [Errno 28] No space left on device", .cacheUnusable, "full"),
      ("OSError: [Errno 122] Disk quota exceeded", .cacheUnusable, "full"),
      ("PermissionError: [Errno 13] Permission denied: '/x'", .cacheUnusable, "cannot be written"),
      ("OSError: [Errno 30] Read-only file system: '/x'", .cacheUnusable, "cannot be written"),
      (
        "WARNING: Retrying after connection broken by 'NewConnectionError'", .runtimeUnavailable,
        "cannot be reached"
      ),
      ("ERROR: Temporary failure in name resolution", .runtimeUnavailable, "cannot be reached"),
      ("curl: Could not resolve host: example.invalid", .runtimeUnavailable, "cannot be reached"),
      ("ReadTimeoutError: Read timed out.", .runtimeUnavailable, "cannot be reached"),
      ("ERROR: something new", .runtimeUnavailable, "ERROR: something new"),
    ] as [(String, SandboxError.Code, String)])
  func findsTheCause(line: String, code: SandboxError.Code, words: String) {
    let error = Pip.explain(["Collecting deno", line, "the end"])
    #expect(error.code == code)
    #expect(error.message.contains(words))
    #expect(error.remedy != nil)
  }

  @Test func saysSomethingWhenPipSaysNothing() {
    #expect(Pip.explain([]).message.hasSuffix("no message"))
  }
}
