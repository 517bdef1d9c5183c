import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// Two interpreters share nothing.
  @Suite struct SessionTests {
    @Test func nothingPassesFromOneToTheOther() async throws {
      let (one, other) = (Lane(), Lane())
      let leave = """
        import builtins, json, os, sys
        open('/tmp/left', 'w').write('x'); os.environ['LEFT'] = '1'
        builtins.left = json.left = sys.left = 1
        try:
          import js
          js.globalThis.left = 1
        except Exception: pass
        left = 1
        """
      #expect(try await one.run(leave, keep: true).end == "None")
      let look = """
        import builtins, json, os, sys, js
        [os.path.exists('/tmp/left'), 'LEFT' in os.environ, hasattr(builtins, 'left'), hasattr(json, 'left'),
         hasattr(sys, 'left'), hasattr(js, 'left'), 'left' in globals(), hasattr(js, 'caches'), hasattr(js, 'BroadcastChannel')]
        """
      #expect(
        try await other.run(look, keep: true).end
          == "[\(Array(repeating: "False", count: 9).joined(separator: ", "))]")
      await one.close()
      #expect(try await other.run("1+1").end == "2")
      await other.close()
    }
  }
}
