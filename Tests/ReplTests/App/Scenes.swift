import MCP
import TerminalText
import Testing

@testable import Repl

/// Typical states of the screen.
struct Scene: Sendable, CustomTestStringConvertible {
  let name: String
  let make: @Sendable () -> Stage

  var testDescription: String { name }

  static let all: [Scene] = [
    Scene(name: "start 80x24") { Stage(connected: false) },
    Scene(name: "idle 80x24") { session(80, 24) },
    Scene(name: "idle 60x15") { session(60, 15) },
    Scene(name: "idle 200x60") { session(200, 60) },
    Scene(name: "split 100x45") { session(100, 45) },
    Scene(name: "busy 80x24") { busy(80, 24) },
    Scene(name: "busy 200x60") { busy(200, 60) },
    Scene(name: "question 80x24") {
      var stage = busy(80, 24)
      stage.press(.control("c"), .control("c"))
      return stage
    },
    Scene(name: "input 80x24") {
      var stage = busy(80, 24)
      stage.send(.inputRequested(InputRequest(id: 1, prompt: "First line\nYour name? ")))
      stage.type("Ada")
      return stage
    },
    Scene(name: "block 80x24") {
      var stage = session(80, 24)
      stage.type("def area(r):\nreturn 3.14 * (r ** 2)")
      return stage
    },
    Scene(name: "completions 80x24") {
      var stage = session(80, 24)
      stage.type("dict.")
      stage.press(.named(.tab))
      stage.send(
        .completions(
          CompletionList(
            request: CompletionRequest(text: "dict.", cursor: 5), range: 0..<5,
            items: [
              "dict.clear(", "dict.copy(", "dict.fromkeys(", "dict.get(", "dict.items(", "dict.keys(",
              "dict.pop(",
              "dict.popitem(", "dict.setdefault(", "dict.update(", "dict.values(",
            ])))
      stage.press(.named(.tab))
      return stage
    },
    Scene(name: "traffic 80x24") { traffic(80, 24) },
    Scene(name: "message 80x24") {
      var stage = traffic(80, 24)
      stage.press(.named(.up), .named(.up), .named(.up), .named(.enter))
      return stage
    },
    Scene(name: "exchange 80x24") {
      var stage = traffic(80, 24)
      stage.press(.named(.up), .named(.enter), .named(.tab), .named(.tab))
      return stage
    },
    Scene(name: "search 80x24") {
      var stage = session(80, 24)
      stage.press(.named(.f2), .character("/"))
      stage.type("total")
      return stage
    },
    Scene(name: "help 80x24") {
      var stage = session(80, 24)
      stage.press(.named(.f1))
      return stage
    },
    Scene(name: "palette 80x24") {
      var stage = session(80, 24)
      stage.press(.control("p"))
      stage.type("cl")
      return stage
    },
    Scene(name: "disconnected 80x24") {
      var stage = session(80, 24)
      stage.send(.server(.disconnected(reason: "it exited with status 3")))
      return stage
    },
    Scene(name: "too small 50x10") {
      var stage = session(50, 10)
      stage.type("1 + 1")
      return stage
    },
    Scene(name: "ascii 60x15") {
      var stage = Stage(60, 15, options: AppOptions(isASCII: true))
      stage.run("'größe → µ'", .value("'größe → µ'"))
      return stage
    },
  ]

  private static func session(_ columns: Int, _ rows: Int) -> Stage {
    var stage = Stage(columns, rows, options: AppOptions(greeting: "Ctrl-D leaves, F1 helps."))
    exchange(&stage, id: 0, method: "initialize", params: #"{"protocolVersion":"2025-11-25"}"#, result: "{}")
    stage.type("total = sum(range(10))\n")
    stage.send(.runFinished(1, RunOutcome(.value(nil), duration: .milliseconds(4))))
    stage.type("print('total', total)\n")
    stage.send(.log(.standardOutput, text: "total 45", isPartial: false))
    stage.send(.runFinished(2, RunOutcome(.value(nil), duration: .milliseconds(3))))
    stage.type("total / 0\n")
    stage.send(.log(.standardError, text: "careful", isPartial: false))
    let traceback = """
      Traceback (most recent call last):
        File "<input>", line 1, in <module>
          total / 0
          ~~~~~~^~~
      ZeroDivisionError: division by zero
      """
    stage.send(.runFinished(3, RunOutcome(.failure(traceback), duration: .milliseconds(1500))))
    stage.send(.childStandardError("server: started\n"))
    stage.send(.memory(bytes: 81_500_000))
    return stage
  }

  private static func busy(_ columns: Int, _ rows: Int) -> Stage {
    var stage = session(columns, rows)
    stage.type("while True: print('tick')\n\n")
    for _ in 0..<3 { stage.send(.log(.standardOutput, text: "tick", isPartial: false)) }
    stage.send(.log(.standardOutput, text: "no newline", isPartial: true))
    stage.pass(seconds: 3.2)
    stage.type("next")
    return stage
  }

  private static func traffic(_ columns: Int, _ rows: Int) -> Stage {
    var stage = session(columns, rows)
    let code = #"{"name":"run_python_code","arguments":{"python_code":"total / 0"}}"#
    exchange(&stage, id: 1, method: "tools/call", params: code, result: #"{"content":[],"isError":true}"#)
    stage.message(.received, "Segmentation fault\u{1b}[31m")
    exchange(&stage, id: 2, method: "tools/list", params: "{}", result: #"{"tools":[]}"#)
    stage.message(.sent, #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":\#(code)}"#)
    stage.press(.named(.f6))
    return stage
  }

  private static func exchange(_ stage: inout Stage, id: Int, method: String, params: String, result: String)
  {
    stage.message(.sent, #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#)
    stage.message(.received, #"{"jsonrpc":"2.0","id":\#(id),"result":\#(result)}"#)
  }
}
