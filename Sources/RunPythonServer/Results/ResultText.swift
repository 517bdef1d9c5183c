internal import MCP
internal import PythonSandbox

/// The form of the result's text.
public enum ReturnMode: String, Sendable, CaseIterable {
  case xml, json
}

extension RunReport {
  func text(_ mode: ReturnMode) -> String {
    switch mode {
    case .xml: xml
    case .json: json
    }
  }

  /// The original's tags, each on a line of its own; its clients' prompts depend on every byte.
  private var xml: String {
    var lines = ["<status>\(status)</status>"]
    func section(_ tag: String, _ content: [String]) {
      lines += ["<\(tag)>"] + content.map { escapingTag(tag, in: $0) } + ["</\(tag)>"]
    }
    if !output.isEmpty { section("output", output) }
    if case .success(let value?) = ending, !value.text.isEmpty { section("return_value", [value.text]) }
    if let error { section("error", [error]) }
    if let session { lines.append("<session>\(session)</session>") }
    if let notice = notices.ofText.text { section("notice", [notice]) }
    return lines.joined(separator: "\n")
  }

  /// The original's JSON object in one line.
  private var json: String {
    var members: JSONObject = ["status": .string(status), "output": .array(output.map(JSON.string))]
    if let error {
      members["error"] = .string(error)
    } else {
      members["return_value"] = value?.withJavaScriptNumbers ?? .null
      // A client of a revision without structured content has no other place to find it.
      if isForPrompt, case .success(let value?) = ending { members["repr"] = .string(value.representation) }
    }
    if let notice = notices.ofText.text { members["notice"] = .string(notice) }
    if let session { members[RunPythonTool.sessionArgument] = .string(session) }
    return JSON.object(members).text
  }
}

extension JSON {
  /// JavaScript, which wrote the original's JSON, has no floating-point number that is whole: 2.0 is 2.
  fileprivate var withJavaScriptNumbers: JSON {
    switch self {
    case .number(let number): Int(exactly: number).map(JSON.integer) ?? self
    case .digits(let text): doubleValue.map(JSON.number) ?? .string(text)
    case .array(let elements): .array(elements.map(\.withJavaScriptNumbers))
    case .object(let members): .object(members.mapValues(\.withJavaScriptNumbers))
    default: self
    }
  }
}
