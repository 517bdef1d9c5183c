import Testing

@testable import PythonSandbox

@Suite struct FrameReaderTests {
  private let token = "t0ken"

  private let bounds = FrameBounds(limits: Limits(memory: 64))

  /// Asked for the checkpoints 3 and 4.
  private func newReader() -> FrameReader {
    FrameReader(token: token, bounds: bounds) { [3, 4].contains($0) }
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func readsEveryKind() throws {
    var reader = newReader()
    let frames = try reader.push(
      bytes(
        """
        t0ken {"kind":"ready","python":"3.14.2"}
        t0ken {"kind":"begun","run":1}
        t0ken {"kind":"output","stream":2,"text":"a\\nb"}
        t0ken {"kind":"input","run":1,"prompt":"?"}
        t0ken {"kind":"input","run":1,"prompt":"?","hidden":true}
        t0ken {"kind":"completions","request":4,"values":["a"]}
        t0ken {"kind":"done","run":1,"result":"{}","dropped":true,"spent":true}
        t0ken {"kind":"done","run":2,"result":"{}"}
        t0ken {"kind":"dead","reason":"x"}

        """))
    #expect(
      frames == [
        .ready(python: "3.14.2"), .begun(run: 1), .output(OutputChunk(stream: .stderr, text: "a\nb")),
        .input(run: 1, InputQuestion(prompt: "?")),
        .input(run: 1, InputQuestion(prompt: "?", isHidden: true)),
        .completions(request: 4, values: ["a"]),
        .done(.init(run: 1, result: "{}", isOutputDropped: true, isSpent: true)),
        .done(.init(run: 2, result: "{}")), .dead(reason: "x"),
      ])
  }

  @Test func theSameComesOutHoweverItIsCut() throws {
    let text = bytes(
      "t0ken {\"kind\":\"output\",\"stream\":1,\"text\":\"é\"}\nt0ken {\"kind\":\"dead\",\"reason\":\"r\"}\n")
    for size in 1...text.count {
      var reader = newReader()
      var frames: [Frame] = []
      for start in stride(from: 0, to: text.count, by: size) {
        frames += try reader.push(Array(text[start..<min(start + size, text.count)]))
      }
      #expect(frames == [.output(OutputChunk(stream: .stdout, text: "é")), .dead(reason: "r")])
    }
  }

  @Test(arguments: [
    "{\"kind\":\"dead\",\"reason\":\"x\"}",
    "t0keN {\"kind\":\"dead\",\"reason\":\"x\"}",
    "t0ke",
    "t0ken",
    "t0ken{\"kind\":\"dead\",\"reason\":\"x\"}",
    "t0ken  ",
    "t0ken []",
    "t0ken {\"kind\":\"dead\",\"reason\":\"x\"",
    "t0ken {\"kind\":\"dead\"}",
    "t0ken {\"kind\":\"other\"}",
    "t0ken {\"kind\":\"output\",\"stream\":4,\"text\":\"\"}",
    "t0ken {\"kind\":\"output\",\"stream\":\"1\",\"text\":\"\"}",
    "t0ken {\"kind\":\"done\",\"run\":\"1\",\"result\":\"{}\"}",
    "t0ken {\"kind\":\"done\",\"run\":1.5,\"result\":\"{}\"}",
    "t0ken {\"kind\":\"done\",\"result\":\"{}\"}",
    "t0ken {\"kind\":\"begun\"}",
    // Its kind comes first and is spelt plainly.
    "t0ken {\"reason\":\"x\",\"kind\":\"dead\"}",
    "t0ken { \"kind\":\"dead\",\"reason\":\"x\"}",
    "t0ken {\"kind\": \"dead\",\"reason\":\"x\"}",
    "t0ken {\"kind\":\"de\\u0061d\",\"reason\":\"x\"}",
    "xt0ken {\"kind\":\"dead\",\"reason\":\"x\"}",
    "",
  ])
  func refusesWhatTheWardenDoesNotWrite(line: String) {
    var reader = newReader()
    #expect(throws: FrameReader.Violation.self) { try reader.push(bytes(line + "\n")) }
  }

  /// The kind stands first, so the bound is known before the line is whole.
  @Test(arguments: Frame.Kind.allCases) func aLineBeyondItsKindsBoundIsRefusedUnended(kind: Frame.Kind) throws
  {
    let beginning = bytes("t0ken {\"kind\":\"\(kind)\",\"text\":\"")
    let room = bounds.longestLine(of: kind) - (beginning.count - token.utf8.count)
    var reader = newReader()
    #expect(try reader.push(beginning) == [])
    #expect(try reader.push([UInt8](repeating: UInt8(ascii: "x"), count: room)) == [])
    #expect(throws: FrameReader.Violation(reason: "it sent a message that is too long")) {
      try reader.push(bytes("x"))
    }
  }

  @Test func onlyResultsMayBeLong() {
    for kind in Frame.Kind.allCases where kind != .done {
      #expect(bounds.longestLine(of: kind) < 7 << 20)
    }
    #expect(bounds.longestLine(of: .done) < 32 << 20)
  }

  @Test(arguments: ["{\"kind\":\"other\"", "{\"run\":1,\"kind\":\"begun\"", "xxxxxxxxxxxxxxxxxxxxxxxx"])
  func aLineOfNoKindIsRefusedUnended(line: String) {
    var reader = newReader()
    let rest = String(repeating: " ", count: Frame.Kind.longestBeginning)
    #expect(throws: FrameReader.Violation(reason: "it sent something that is not a message of ours")) {
      try reader.push(bytes("t0ken \(line)\(rest)"))
    }
  }

  @Test func aForeignLineIsRefusedByItsBeginning() {
    var reader = newReader()
    #expect(throws: FrameReader.Violation.self) { try reader.push(bytes("garbage")) }
  }

  /// Bytes that follow a line are taken as they are, even if they look like a line.
  @Test func aCheckpointsBytesBelongToItsFrame() throws {
    let content: [UInt8] = [0, 10, 255] + bytes("t0ken {\"kind\":\"dead\",\"reason\":\"r\"}\n")
    let text =
      bytes("t0ken {\"kind\":\"checkpoint\",\"request\":3,\"bytes\":\(content.count)}\n") + content
      + bytes("t0ken {\"kind\":\"checkpoint\",\"request\":4,\"bytes\":0}\n")
      + bytes("t0ken {\"kind\":\"unsavable\",\"request\":5,\"reason\":\"r\"}\n")
    for size in 1...text.count {
      var reader = newReader()
      var frames: [Frame] = []
      for start in stride(from: 0, to: text.count, by: size) {
        frames += try reader.push(Array(text[start..<min(start + size, text.count)]))
      }
      #expect(
        frames == [
          .checkpoint(request: 3, content: content), .checkpoint(request: 4, content: []),
          .unsavable(request: 5, reason: "r"),
        ])
    }
  }

  @Test func aCheckpointThatIsTooLongIsAViolation() {
    var reader = newReader()
    #expect(throws: FrameReader.Violation.self) {
      let tooMany = bounds.checkpoint + 1
      _ = try reader.push(bytes("t0ken {\"kind\":\"checkpoint\",\"request\":3,\"bytes\":\(tooMany)}\n"))
    }
  }

  @Test func aCheckpointThatNobodyAskedForIsAViolation() {
    var reader = newReader()
    #expect(throws: FrameReader.Violation(reason: "it sent a checkpoint that nobody asked for")) {
      try reader.push(bytes("t0ken {\"kind\":\"checkpoint\",\"request\":5,\"bytes\":6}\n"))
    }
  }
}
