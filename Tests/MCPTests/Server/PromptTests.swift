import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct PromptTests {
  private static var configuration: ServerConfiguration {
    var configuration = TestTools.configuration
    configuration.prompts = [
      Prompt(
        name: "greet", title: "Greet", arguments: [.init(name: "who", isRequired: true)],
        render: { "Hello \($0["who"] ?? "")" },
        complete: { _, value, _, _ in (0..<120).map { "\(value)\($0)" } })
    ]
    return configuration
  }

  @Test(arguments: Revision.allCases)
  func promptsAreListedRenderedAndCompleted(_ revision: Revision) async throws {
    let isModern = revision.era == .modern
    @Sendable func params(_ params: JSONObject = [:]) -> JSONObject {
      isModern ? modernParams(params) : params
    }
    try await withServer(configuration: Self.configuration) { peer in
      let opening =
        try await isModern ? peer.ask(0, "server/discover", params()) : peer.initialize(revision.rawValue)
      #expect(opening["result"]?["capabilities"]?["prompts"] == [:])
      #expect((opening["result"]?["capabilities"]?["completions"] != nil) == (revision >= .v2025_03_26))
      let prompts = try await peer.ask(1, "prompts/list", params())["result"]?["prompts"]
      #expect(prompts?[0]?["name"] == "greet")
      #expect((prompts?[0]?["title"] != nil) == (revision >= .v2025_06_18))
      #expect(prompts?[0]?["arguments"]?[0]?["required"] == true)
      let text = try await peer.ask(2, "prompts/get", params(["name": "greet", "arguments": ["who": "Ada"]]))
      #expect(text["result"]?["messages"]?[0]?["content"]?["text"] == "Hello Ada")
      let completion = try await peer.ask(
        3, "completion/complete",
        params(["ref": ["type": "ref/prompt", "name": "greet"], "argument": ["name": "who", "value": "A"]])
      )["result"]?["completion"]
      #expect(completion?["values"]?.arrayValue?.count == 100)
      #expect(completion?["values"]?[99] == "A99")
      #expect(completion?["total"] == 120)
      #expect(completion?["hasMore"] == true)
    }
  }

  @Test func wrongRequestsAreRefused() async throws {
    try await withServer(configuration: Self.configuration) { peer in
      try await peer.initialize("2025-11-25")
      let wrong: [(String, JSONObject)] = [
        ("prompts/list", ["cursor": "x"]),
        ("prompts/get", ["name": "nothing"]),
        ("prompts/get", ["name": "greet"]),
        ("prompts/get", ["name": "greet", "arguments": ["who": 1]]),
        ("completion/complete", ["ref": ["type": "ref/prompt", "name": "greet"]]),
        (
          "completion/complete",
          ["ref": ["type": "ref/resource", "uri": "x"], "argument": ["name": "a", "value": ""]]
        ),
        (
          "completion/complete",
          ["ref": ["type": "ref/prompt", "name": "greet"], "argument": ["name": "when", "value": ""]]
        ),
      ]
      for (index, (method, params)) in wrong.enumerated() {
        let answer = try await peer.ask(.integer(index + 1), method, params)
        #expect(answer["error"]?["code"] == -32602, "\(method) \(params)")
      }
    }
  }
}
