import MCP
import RunPythonServer

/// A server's answer to `run_python_code`, read.
struct RunAnswer {
  enum Ending {
    /// The value as Python shows it; nil for None.
    case value(String?)
    case failure(String)
    /// The code ended Python, as `sys.exit` does.
    case exit(status: UInt8, message: String?)
  }

  let ending: Ending
  /// A sentence about the interpreter, such as that it had to be replaced.
  let notice: String?
  /// The code's output, by lines.
  let output: [String]
  /// The number of runs that the session's state comes from, where the server counts them.
  let runs: Int?

  init(_ result: ToolResult) {
    let text = result.text
    // Revisions before 2025-06-18 carry the result as text only; our own server was asked for JSON.
    let report = result.structuredContent ?? (try? JSON(parsing: Array(text.utf8)))
    runs = result.meta?[RunPythonTool.runsKey]?.intValue
    notice = report?["notice"]?.stringValue
    output = report?["output"]?.arrayValue?.compactMap(\.stringValue) ?? []
    switch report?["status"]?.stringValue {
    case "success":
      let value = result.structuredContent == nil ? report?["return_value"] : nil
      ending = .value(report?["repr"]?.stringValue ?? value.flatMap { $0 == .null ? nil : $0.text })
    case let status?:
      let error = report?["error"]?.stringValue ?? text
      if let exit = result.meta?[RunPythonTool.exitKey], let status = exit["status"]?.intValue {
        ending = .exit(status: UInt8(truncatingIfNeeded: status), message: exit["message"]?.stringValue)
        return
      }
      ending = .failure(status == "install-error" ? "install-error: \(error)" : error)
    case nil:
      // The text has another server's own form, such as the original's XML.
      ending = result.isError || text.hasPrefix("<status>run-error") ? .failure(text) : .value(text)
    }
  }
}
