internal import MCP

/// The server's prompt. It exists for the completion of its argument: names and attributes of the live
/// variables.
public enum PythonPrompt {
  public static let name = "python"
  public static let argument = "code"

  static func prompt(of sessions: any PythonSessions, naming: SessionNaming) -> Prompt {
    Prompt(
      name: name, title: "Run Python code",
      description: "Asks for a piece of Python code to be run. Its completion knows the session's variables.",
      arguments: [
        .init(name: argument, description: "Python code; completed by its last line", isRequired: true)
      ]
        + (naming == .never
          ? [] : [.init(name: RunPythonTool.sessionArgument, description: "The session to look in")]),
      render: { arguments in
        "Run this Python code with the tool \(RunPythonTool.name):\n\n```python\n\(arguments[argument] ?? "")\n```"
      },
      complete: { name, value, given, _ in
        guard name == argument else { return [] }
        let start = value.lastIndex(of: "\n").map(value.index(after:)) ?? value.startIndex
        return await sessions.complete(String(value[start...]), in: given[RunPythonTool.sessionArgument]).map
        { value[..<start] + $0 }
      })
  }
}
