internal import MCP

/// How a session is to run a piece of code.
struct RunOptions: Sendable {
  /// Whether all values are displayed, as at Python's own prompt.
  var isInteractive = false
  /// Whether it is not to be counted among the session's runs.
  var isAside = false
  /// Whether it and what came before can be undone even when other runs follow at once.
  var isUndoable = false
  /// How wide the console is that shows what the code prints; nil for unknown.
  var columns: Int?
  /// The program's name and its arguments, as a JSON array; empty for none.
  var argv = ""
}

extension RunOptions {
  /// - Parameter meta: a call's.
  init(_ meta: JSONObject) {
    isInteractive = meta[RunPythonTool.interactiveKey] == true
    isAside = meta[RunPythonTool.asideKey] == true
    isUndoable = meta[RunPythonTool.undoableKey] == true
    columns = meta[RunPythonTool.columnsKey]?.intValue.flatMap { (1...10_000).contains($0) ? $0 : nil }
    if let words = meta[RunPythonTool.argvKey]?.arrayValue, !words.isEmpty,
      words.allSatisfy({ $0.stringValue != nil })
    {
      argv = JSON.array(words).text
    }
  }
}
