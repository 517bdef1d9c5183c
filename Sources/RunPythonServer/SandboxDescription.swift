internal import MCP
internal import PythonSandbox

/// What clients and their models are told of the sandbox beside the tools' own words, which are the original's.
struct SandboxDescription {
  let hasNetwork: Bool
  let packages: [String]
  let state: StateMode

  init(_ source: any InterpreterSource, state: StateMode) {
    hasNetwork = source.options.network != nil
    packages = source.dependencies.requirements
    self.state = state
  }

  /// The original's sentence, and then what a model cannot know.
  var instructions: String {
    let installed =
      packages.isEmpty
      ? "Only Python's standard library is there."
      : "Installed besides Python's standard library: \(packages.joined(separator: ", "))."
    let kept =
      switch state {
      case .reset: "Variables are gone after each call."
      case .keep: "Variables live on from call to call of a session."
      case .fresh: "Each call gets a new interpreter."
      }
    let network = hasNetwork ? "The code can reach the network." : "The code cannot reach any network."
    return """
      Call the "run_python_code" tool with the Python code to run. It runs in a sandbox: Pyodide, CPython compiled to \
      WebAssembly, without access to this machine's files and processes. \(installed) \(kept) \(network)
      """
  }

  /// Of `run_python_code` (schema: `ToolAnnotations`).
  var annotations: JSON {
    [
      "title": .string(RunPythonTool.tool.title ?? RunPythonTool.name), "readOnlyHint": false,
      // What the sandbox holds is the code's own; what it could destroy lies beyond the network.
      "destructiveHint": .bool(hasNetwork), "idempotentHint": false, "openWorldHint": .bool(hasNetwork),
    ]
  }

  /// A prompt in a box, as an image that needs no network.
  static let icons: [JSON] = {
    let image =
      "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect x='2' y='4' width='20' height='16' "
      + "rx='3' fill='%23306998'/%3E%3Cpath d='M6 9l4 3-4 3m6 1h6' fill='none' stroke='%23ffd43b' "
      + "stroke-width='2'/%3E%3C/svg%3E"
    return [["src": .string("data:image/svg+xml,\(image)"), "mimeType": "image/svg+xml", "sizes": ["any"]]]
  }()
}
