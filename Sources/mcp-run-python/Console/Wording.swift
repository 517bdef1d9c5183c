import MCPHTTP
import PythonSandbox
import ReplShell
import RunPythonServer

// The libraries know the way out of a failure, and this file names the options and commands that go it.

extension SandboxWording {
  /// The words of this program.
  static let product = SandboxWording(offline: "--offline") { remedy in
    switch remedy {
    case .nameCacheFolder: "Name one with --cache-dir or MCP_RUN_PYTHON_CACHE."
    case .moveCache(isFull: false): "Choose another folder with --cache-dir or MCP_RUN_PYTHON_CACHE."
    case .moveCache(isFull: true):
      "Free some space, or choose another folder with --cache-dir or MCP_RUN_PYTHON_CACHE."
    case .installElsewhere(isFull: false): "Choose another folder with --cache-dir."
    case .installElsewhere(isFull: true): "Free some space, or choose another folder with --cache-dir."
    case .installPython:
      "Install Python 3 with pip, or set MCP_RUN_PYTHON_DENO and MCP_RUN_PYTHON_PYODIDE."
    case .installPip:
      "Install it (Debian: apt-get install python3-pip; elsewhere: python3 -m ensurepip), "
        + "or run 'uv run --no-project --with pip mcp-run-python install', "
        + "or set MCP_RUN_PYTHON_DENO and MCP_RUN_PYTHON_PYODIDE."
    case .reachIndex: "Check the network and pip's settings, then run 'mcp-run-python install'."
    case .readInstaller: "Run 'mcp-run-python install --verbose' to see all that it says."
    case .fetch: "Run 'mcp-run-python install' (needs network once, and Python 3 with pip)."
    case .fetchOnline: "Run 'mcp-run-python install' once with network."
    case .fetchAnew(let part): "Remove \(part), and run 'mcp-run-python install'."
    case .examine: "Run 'mcp-run-python doctor' to check the installation."
    case .removeWritable, .downloadAgain, .correctVariable, .useSameDependencies, .useSameInstallation: nil
    }
  }
}

extension ServerTarget.Remedy {
  /// The words of this program.
  var wording: String {
    switch self {
    case .keepState: "checkpoints need --state keep, which the REPL has unless told otherwise"
    case .offerCheckpoints: "those of this program have them, when started with --checkpoints"
    }
  }
}

extension HostPolicy.Remedy {
  /// The words of this program.
  var wording: String {
    switch self {
    case .allowHost: "Allow it with --allow-host if it should be."
    case .allowOrigin: "Allow it with --allow-origin if it should be."
    }
  }
}

extension RunPythonHost.Remedy {
  /// The words of this program.
  var wording: String {
    switch self {
    case .allowMoreSessions: "start it with --max-sessions"
    }
  }
}
