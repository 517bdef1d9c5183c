import SystemPackage
import SystemSupport

/// The history's file, `$XDG_STATE_HOME/mcp-run-python/history`; nil when there is no home.
func historyPath(environment: [String: String] = ProcessInfo.processInfo.environment) -> FilePath? {
  if let state = environment["XDG_STATE_HOME"], FilePath(state).isAbsolute {
    return FilePath(state).appending("mcp-run-python/history")
  }
  return environment["HOME"].map { FilePath($0).appending(".local/state/mcp-run-python/history") }
}
