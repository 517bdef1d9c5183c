import MCP
import TerminalText
import Testing
import Traffic

@testable import Repl

@Suite struct TrafficPaneTests {
  private func traffic(_ count: Int = 40, columns: Int = 80, rows: Int = 24) -> Stage {
    var stage = Stage(columns, rows)
    for id in 0..<count {
      stage.message(
        .sent, #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"f\#(id)"}}"#)
      stage.message(.received, #"{"jsonrpc":"2.0","id":\#(id),"result":{"content":[]}}"#)
    }
    stage.press(.named(.f6))
    return stage
  }

  @Test func theNewestIsFollowedUntilOneMoves() {
    var stage = traffic()
    #expect(stage.text[20].contains("← 39"))
    #expect(stage.text[21].contains("Traffic 80/80"))
    stage.press(.named(.up))
    stage.message(.received, "stray")
    #expect(stage.text[20].contains("invalid") == false)
    #expect(stage.text[21].contains("Traffic 79/81"))
    stage.press(.character("F"))
    #expect(stage.text[20].contains("invalid"))
    stage.press(.named(.home))
    #expect(stage.text[1].contains("→ 0 "))
    stage.press(.named(.pageDown))
    #expect(stage.text[21].contains("Traffic 20/81"))
    stage.press(.named(.end))
    #expect(stage.text[20].contains("invalid"))
  }

  @Test func aMessageOpensAndOthersFollow() {
    var stage = traffic()
    stage.press(.named(.up), .named(.enter))
    #expect(stage.text[0].contains("79 → request tools/call f39 id 39"))
    #expect(stage.text.contains("  \"method\": \"tools/call\","))
    stage.press(.character("n"))
    #expect(stage.text[0].contains("80 ← response tools/call f39"))
    stage.press(.character("n"))
    #expect(stage.screen.contains("This is the newest message."))
    stage.press(.character("p"), .character("p"))
    #expect(stage.text[0].contains("78 ← response tools/call f38"))
    stage.press(.named(.tab))
    #expect(stage.text[1].hasPrefix(#"{"jsonrpc":"2.0","id":38,"result""#))
    stage.press(.named(.tab))
    #expect(stage.text[1].hasPrefix("Exchange 38 client to server, done, 25 ms"))
    stage.press(.named(.escape))
    #expect(stage.text[1].contains(" → ") || stage.text[1].contains(" ← "))
  }

  @Test func theFilterChoosesAndIsShown() {
    var stage = traffic()
    stage.press(.named(.escape))
    stage.type(":filter id:7\n")
    #expect(stage.screen.contains("2 of 80 messages match."))
    #expect(stage.text[2].contains("← 7"))
    #expect(stage.text[3].isEmpty)
    stage.message(.sent, #"{"jsonrpc":"2.0","id":7,"method":"ping"}"#)
    #expect(stage.text[3].contains("pending"))
    stage.press(.named(.f6), .character("f"))
    #expect(stage.buffer == ":filter id:7")
    stage.type(" kind:\n")
    #expect(stage.app.traffic.list.filter.source == "id:7")
    stage.press(.named(.f2))
    #expect(stage.screen.contains("A value is missing after \"kind:\". (column 11)"))
    stage.press(.named(.f2))
    stage.type(":filter\n")
    #expect(stage.app.traffic.list.count == 81)
  }

  @Test func messagesAreCopiedAndSentAgain() {
    var stage = traffic(1)
    stage.press(.named(.up), .character("y"), .character("r"), .character("e"))
    let request = #"{"jsonrpc":"2.0","id":0,"method":"tools/call","params":{"name":"f0"}}"#
    let actions = stage.takeActions()
    #expect(actions[0] == .copy(request))
    #expect(actions[1] == .send(request.replacing("\"id\":0", with: "\"id\":\"inspector-1\"")))
    guard case .openEditor(let text) = actions[2] else {
      Issue.record("\(actions[2])")
      return
    }
    #expect(text.hasPrefix("{\n  \"jsonrpc\": \"2.0\",\n  \"id\": \"inspector-2\","))
    stage.send(.edited("{\n\"a\": 1\n}\n"))
    #expect(stage.takeActions() == [.send(#"{"a":1}"#)])
    stage.send(.edited("{\n"))
    #expect(stage.takeActions().isEmpty)
    stage.press(.named(.down), .character("r"))
    #expect(stage.takeActions().isEmpty)
    #expect(stage.screen.contains("Only a request can be sent again."))
  }

  @Test func marksAreFoundAgain() {
    var stage = traffic()
    stage.press(.named(.home), .named(.down), .character("m"), .named(.end), .character("m"), .character("'"))
    #expect(stage.text[21].contains("Traffic 2/80"))
    #expect(stage.text[1].hasPrefix("●"))
    stage.press(.character("m"), .character("'"))
    #expect(stage.text[21].contains("Traffic 80/80"))
  }

  @Test func aSearchGoesThroughTheMessages() {
    var stage = traffic()
    stage.press(.named(.home), .character("/"))
    stage.type("f12")
    stage.press(.named(.enter))
    #expect(stage.text[21].contains("Traffic 25/80"))
  }

  @Test func whatIsUntrustedIsMadeVisible() {
    var stage = Stage(140, 30)
    stage.message(.received, "\u{1b}[2J\u{9b}1m")
    stage.message(
      .received, #"{"jsonrpc":"2.0","id":"\u001b","method":"\u001b]0;x\u0007","params":{"name":"\u202e"}}"#)
    stage.message(.received, #"{"jsonrpc":"2.0","id":"\u001b","error":{"code":1,"message":"\u001b[31m"}}"#)
    for keys: [Key] in [
      [.named(.f6)], [.named(.home), .named(.enter)], [.character("n")], [.named(.tab)], [.named(.tab)],
    ] {
      for key in keys { stage.press(key) }
      let text = stage.app.frame().rows.joined().map(\.text).joined()
      #expect(!text.unicodeScalars.contains(where: VisibleText.isHazard))
    }
  }

  @Test(.timeLimit(.minutes(1))) func aHugeMessageIsShownInPart() {
    var stage = Stage()
    stage.message(
      .received, #"{"jsonrpc":"2.0","id":1,"result":""# + String(repeating: "x", count: 3 << 20) + #""}"#)
    stage.press(.named(.f6), .named(.enter))
    stage.press(.character("G"))
    #expect(stage.text[20].contains("more"))
  }
}
