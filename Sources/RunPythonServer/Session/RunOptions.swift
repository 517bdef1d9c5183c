internal import MCP

/// The way in which a session runs a piece of code.
struct RunOptions: Sendable {
  /// True when all values are displayed, as at Python's own prompt.
  var isInteractive = false
  /// True when it must not count among the session's runs.
  var isAside = false
  /// True when it and the earlier runs can be undone even if other runs follow at once.
  var isUndoable = false
  /// The columns of the console that shows the output; nil for unknown.
  var columns: Int?
  /// The program's name and its arguments, as a JSON array; empty for none.
  var argv = ""
}

extension RunOptions {
  /// - Parameter meta: The `_meta` of a call.
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

/// The state that a run leaves for the next one of its session.
public enum StateMode: String, Sendable, CaseIterable {
  /// Each run gets fresh globals in the session's interpreter.
  case reset
  /// Variables live from run to run.
  case keep
  /// Each run gets a new interpreter.
  case fresh
}
