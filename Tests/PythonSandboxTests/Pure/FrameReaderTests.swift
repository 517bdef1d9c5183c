import Testing

@testable import PythonSandbox

@Suite struct FrameReaderTests {
  private let token = "t0ken"

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func readsEveryKind() throws {
    var reader = FrameReader(token: token)
    let frames = try reader.push(
      bytes(
        """
        t0ken {"kind":"ready","python":"3.14.2"}
        t0ken {"kind":"output","stream":2,"text":"a\\nb"}
        t0ken {"kind":"input","run":1,"prompt":"?"}
        t0ken {"kind":"completions","request":4,"values":["a"]}
        t0ken {"kind":"done","run":1,"result":"{}","dropped":true,"spent":true}
        t0ken {"kind":"done","run":2,"result":"{}"}
        t0ken {"kind":"dead","reason":"x"}

        """))
    #expect(
      frames == [
        .ready(python: "3.14.2"), .output(OutputChunk(stream: .stderr, text: "a\nb")),
        .input(run: 1, prompt: "?"),
        .completions(request: 4, values: ["a"]),
        .done(.init(run: 1, result: "{}", isOutputDropped: true, isSpent: true)),
        .done(.init(run: 2, result: "{}")), .dead(reason: "x"),
      ])
  }

  @Test func theSameComesOutHoweverItIsCut() throws {
    let text = bytes(
      "t0ken {\"kind\":\"output\",\"stream\":1,\"text\":\"é\"}\nt0ken {\"kind\":\"dead\",\"reason\":\"r\"}\n")
    for size in 1...text.count {
      var reader = FrameReader(token: token)
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
    "xt0ken {\"kind\":\"dead\",\"reason\":\"x\"}",
    "",
  ])
  func refusesWhatTheWardenDoesNotWrite(line: String) {
    var reader = FrameReader(token: token)
    #expect(throws: FrameReader.Violation.self) { try reader.push(bytes(line + "\n")) }
  }

  @Test func refusesALineThatIsTooLongWholeOrUnended() {
    var reader = FrameReader(token: token, maximumBytes: 100)
    #expect(throws: FrameReader.Violation(reason: "it sent a message that is too long")) {
      for _ in 0..<3 { _ = try reader.push(bytes(String(repeating: "x", count: 50))) }
    }
    var other = FrameReader(token: token, maximumBytes: 100)
    let long = "t0ken {\"kind\":\"dead\",\"reason\":\"\(String(repeating: "x", count: 200))\"}\n"
    #expect(throws: FrameReader.Violation(reason: "it sent a message that is too long")) {
      try other.push(bytes(long))
    }
  }

  /// Bytes that follow a line are taken as they are, even if they look like a line.
  @Test func aCheckpointsBytesBelongToItsFrame() throws {
    let content: [UInt8] = [0, 10, 255] + bytes("t0ken {\"kind\":\"dead\",\"reason\":\"r\"}\n")
    let text =
      bytes("t0ken {\"kind\":\"checkpoint\",\"request\":3,\"bytes\":\(content.count)}\n") + content
      + bytes("t0ken {\"kind\":\"checkpoint\",\"request\":4,\"bytes\":0}\n")
      + bytes("t0ken {\"kind\":\"unsavable\",\"request\":5,\"reason\":\"r\"}\n")
    for size in 1...text.count {
      var reader = FrameReader(token: token)
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
    var reader = FrameReader(token: token, maximumFollowing: 5)
    #expect(throws: FrameReader.Violation.self) {
      try reader.push(bytes("t0ken {\"kind\":\"checkpoint\",\"request\":3,\"bytes\":6}\n"))
    }
  }
}
