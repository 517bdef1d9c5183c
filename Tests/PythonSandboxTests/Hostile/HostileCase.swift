import Testing

@testable import PythonSandbox

/// Something that hostile code tries, and exactly what comes of it.
struct HostileCase: Sendable, CustomTestStringConvertible {
  enum Outcome: Sendable {
    /// The `repr` of the value.
    case value(String)
    /// The beginning of the traceback's last line; the interpreter lives.
    case error(String)
    /// The interpreter ended, with this somewhere in the error.
    case lost(String)
  }

  let name: String
  let code: String
  let outcome: Outcome
  var globals = "{}"
  var stdout: String?
  /// True if only the end of its time ends it.
  var isEndless = false

  init(
    _ name: String, _ code: String, _ outcome: Outcome, globals: String = "{}", stdout: String? = nil,
    isEndless: Bool = false
  ) {
    self.name = name
    self.code = code
    self.outcome = outcome
    self.globals = globals
    self.stdout = stdout
    self.isEndless = isEndless
  }

  var testDescription: String { name }

  /// Runs it and then sees to it that the session is fine: the next run works as if nothing had been.
  func check(in lane: Lane) async throws {
    let ran = try await lane.run(code, globals: globals)
    switch outcome {
    case .value(let value):
      #expect(ran.end == value)
      #expect(ran.result.loss == nil)
    case .error(let beginning):
      #expect(ran.end.hasPrefix(beginning), "\(ran.end)")
      #expect(ran.result.loss == nil)
      if case .success = ran.result.outcome { Issue.record("no error") }
    case .lost(let part):
      #expect(ran.result.loss != nil)
      #expect(ran.end.contains(part), "\(ran.end)")
    }
    if let stdout { #expect(ran.stdout == stdout) }
    let next = try await lane.run("import math\nprint('fine')\nmath.factorial(5)")
    #expect(next.end == "120")
    #expect(next.stdout == "fine\n")
    #expect(next.stderr == "")
  }
}
