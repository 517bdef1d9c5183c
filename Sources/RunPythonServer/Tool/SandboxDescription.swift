internal import MCP
internal import PythonSandbox
internal import RunPythonTool

/// The description of the sandbox for clients and their models. The tools' own words are the original's.
struct SandboxDescription {
  let hasNetwork: Bool
  let packages: [String]
  let state: SandboxState
  let mounts: [Mount]

  init(_ source: any InterpreterSource, state: SandboxState) {
    hasNetwork = source.options.network != nil
    packages = source.dependencies.requirements
    mounts = source.options.mounts
    self.state = state
  }

  /// The original's sentence, and then the facts that a model cannot know.
  var instructions: String {
    let installed =
      packages.isEmpty
      ? "Only Python's standard library is there."
      : "Installed besides Python's standard library: \(packages.joined(separator: ", "))."
    let kept =
      switch state {
      case .reset: "Variables are gone after each call, and all files but those below the current folder."
      case .keep: "Variables live on from call to call of a session."
      case .fresh: "Each call gets a new interpreter."
      }
    let network = hasNetwork ? "The code can reach the network." : "The code cannot reach any network."
    return """
      Call the "\(ToolName.run.rawValue)" tool with the Python code to run. It runs in a sandbox: Pyodide, CPython compiled to \
      WebAssembly, without access to this machine's files and processes. \(installed) \(kept) \(network)\(mounted)
      """
  }

  /// A line about the user's files; empty without any.
  private var mounted: String {
    guard !mounts.isEmpty else { return "" }
    let places = mounts.map { mount in
      switch mount.access {
      case .readOnly: "\(mount.guest) (to be read)"
      case .writeThrough: "\(mount.guest) (what is written there stays)"
      case .overlay: "\(mount.guest) (changes stay in the session)"
      }
    }
    return "\nThe user's files: \(places.joined(separator: ", "))."
  }

  /// The hints about `run_python_code` (schema: `ToolAnnotations`).
  var annotations: JSON {
    [
      "title": .string(RunTool.tool.title ?? ToolName.run.rawValue), "readOnlyHint": false,
      // The sandbox's content is the code's own, so the code can destroy things only beyond the network.
      "destructiveHint": .bool(hasNetwork), "idempotentHint": false, "openWorldHint": .bool(hasNetwork),
    ]
  }

  /// A picture of a prompt in a box, as an image that needs no network.
  static let icons: [JSON] = {
    // A URI has neither spaces nor angle brackets (RFC 3986, 3.3).
    let image =
      "%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%2024%2024'%3E"
      + "%3Crect%20x='2'%20y='4'%20width='20'%20height='16'%20rx='3'%20fill='%23306998'/%3E"
      + "%3Cpath%20d='M6%209l4%203-4%203m6%201h6'%20fill='none'%20stroke='%23ffd43b'%20stroke-width='2'/%3E%3C/svg%3E"
    return [["src": .string("data:image/svg+xml,\(image)"), "mimeType": "image/svg+xml", "sizes": ["any"]]]
  }()
}

extension PythonPrompt {
  static func prompt(of sessions: any PythonSessions, naming: SessionNaming) -> Prompt {
    Prompt(
      name: name, title: "Run Python code",
      description: "Asks for a piece of Python code to be run. Its completion knows the session's variables.",
      arguments: [
        .init(
          name: argument, description: "The Python code, of which the last line is completed",
          isRequired: true)
      ]
        + (naming == .never
          ? [] : [.init(name: Member.session, description: "The session to look in")]),
      render: { arguments in
        "Run this Python code with the tool \(ToolName.run.rawValue):\n\n```python\n\(arguments[argument] ?? "")\n```"
      },
      complete: { name, value, given, _ in
        guard name == argument else { return [] }
        let start = value.lastIndex(of: "\n").map(value.index(after:)) ?? value.startIndex
        return await sessions.complete(String(value[start...]), in: given[Member.session]).map {
          value[..<start] + $0
        }
      })
  }
}
