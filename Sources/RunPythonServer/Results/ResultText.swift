internal import MCP
internal import PythonSandbox
internal import RunPythonTool

extension RunReport {
  func text(_ form: TextForm) -> String {
    switch form {
    case .xml: xml
    case .json: json
    }
  }

  /// The status alone, in the original's tag.
  var statusText: String { "<status>\(answer.status.rawValue)</status>" }

  /// The original's tags, each on a line of its own; its clients' prompts depend on every byte.
  private var xml: String {
    let error = answer.error
    var lines = [statusText]
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
    let answer = answer
    var members: JSONObject = [
      Member.status: .string(answer.status.rawValue), Member.output: .array(output.map(JSON.string)),
    ]
    if let error = answer.error {
      members[Member.error] = .string(error)
    } else {
      members[Member.value] = value?.withJavaScriptNumbers ?? .null
      // A client of a revision without structured content has no other place to find it.
      if isForPrompt, case .success(let value?) = ending {
        members[Member.representation] = .string(value.representation)
      }
    }
    if let notice = notices.ofText.text { members[Member.notice] = .string(notice) }
    if let session { members[Member.session] = .string(session) }
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
    case .null, .bool, .integer, .string: self
    }
  }
}

/// Replaces the angle brackets of all that a reader could take for the tag `name`: `<name` or `</ name`, in
/// any case, up to the next `>` of that line if there is one.
func escapingTag(_ name: String, in text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
  var result = ""
  var rest = text.unicodeScalars[...]
  while let start = rest.firstIndex(of: "<") {
    result.unicodeScalars += rest[..<start]
    guard let end = endOfTag(name, in: rest[start...]) else {
      result += "<"
      rest = rest[rest.index(after: start)...]
      continue
    }
    for scalar in rest[start..<end] {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    rest = rest[end...]
  }
  result.unicodeScalars += rest
  return result
}

/// The end of the tag that `text` begins with; nil when it begins with none.
private func endOfTag(_ name: String, in text: Substring.UnicodeScalarView) -> String.Index? {
  var rest = text.dropFirst()
  if rest.first == "/" { rest = rest.dropFirst() }
  rest = rest.drop { $0.properties.isWhitespace }
  for expected in name.unicodeScalars {
    guard let scalar = rest.popFirst(), scalar.properties.lowercaseMapping == String(expected) else {
      return nil
    }
  }
  let line = rest.prefix { $0 != "\n" && $0 != "\r" && $0 != "\u{2028}" && $0 != "\u{2029}" }
  return line.firstIndex(of: ">").map(rest.index(after:)) ?? rest.startIndex
}
