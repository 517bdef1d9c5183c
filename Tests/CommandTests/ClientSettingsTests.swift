import MCPRunPython
import Testing

@testable import mcp_run_python

@Suite struct ClientSettingsTests {
  private let prepared = PreparedEnvironment(command: "/opt/m", arguments: ["stdio", "--deps", "a \"b\""])
  private let other = PreparedEnvironment(command: "/other", arguments: ["stdio"])

  @Test(arguments: [
    "", "model = \"x\"", "model = \"x\"\n\n[mcp_servers.other]\ncommand = \"y\"\n",
    "# mine\r\n[a]\r\nb = 1\r\n",
  ]) func theBlockInTOML(text: String) throws {
    let once = try ClientSettings.codex.merged(prepared, into: text)
    #expect(once.hasPrefix(text.split(separator: "\n").joined(separator: "\n").prefix(10)))
    #expect(once.contains("args = [\"stdio\", \"--deps\", \"a \\\"b\\\"\"]"))
    #expect(try ClientSettings.codex.merged(prepared, into: once) == once)
    let again = try ClientSettings.codex.merged(other, into: once)
    #expect(again.contains("/other") && !again.contains("/opt/m"))
    #expect(
      again.split(separator: "[mcp_servers.python]").count
        == once.split(separator: "[mcp_servers.python]").count)
    #expect(try ClientSettings.codex.merged(prepared, into: again) == once)
  }

  @Test(arguments: [
    "[mcp_servers.python]\ncommand = \"mine\"\n", "[ mcp_servers . \"python\" ]\n",
    "mcp_servers.python.command = \"m\"",
    "mcp_servers = {}\n", "# mcp-run-python prepare: begin\n",
  ]) func whatIsNotOursInTOMLStays(text: String) {
    #expect(throws: CommentedJSON.Problem.self) { try ClientSettings.codex.merged(prepared, into: text) }
  }

  @Test func theBlockInYAML() throws {
    let text = "GOOSE_MODEL: x\nextensions:\n    # mine\n    developer:\n        enabled: true\nlast: 1\n"
    let once = try ClientSettings.goose.merged(prepared, into: text)
    let expected = """
      GOOSE_MODEL: x
      extensions:
          # mcp-run-python prepare: begin
          python:
            name: python
            description: "Python in a sandbox"
            type: stdio
            enabled: true
            cmd: "/opt/m"
            args: ["stdio", "--deps", "a \\"b\\""]
            envs: {}
            timeout: 300
          # mcp-run-python prepare: end
          # mine
          developer:
              enabled: true
      last: 1

      """
    #expect(once == expected)
    #expect(try ClientSettings.goose.merged(prepared, into: once) == once)
    for text in ["", "GOOSE_MODEL: x\n"] {
      let added = try ClientSettings.goose.merged(prepared, into: text)
      #expect(added.contains("\nextensions:\n  python:\n"))
      #expect(try ClientSettings.goose.merged(prepared, into: added) == added)
    }
  }

  @Test(arguments: [
    "extensions: {}\n", "extensions:\n  python:\n    cmd: mine\n", "extensions:\n\n  \"python\":\n",
  ])
  func whatIsNotOursInYAMLStays(text: String) {
    #expect(throws: CommentedJSON.Problem.self) { try ClientSettings.goose.merged(prepared, into: text) }
  }

  @Test func aClientWithACommandOfItsOwn() {
    #expect(
      ClientSettings.claudeCode.text(prepared)
        == "claude mcp add --scope user python -- /opt/m stdio --deps 'a \"b\"'")
  }
}
