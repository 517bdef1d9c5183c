import MCP
import RunPythonServer

extension Elicitation {
  /// True when the server asks that the answer is not shown while it is typed.
  var isHidden: Bool { meta[RunPythonTool.hiddenKey]?.boolValue ?? false }

  /// Makes the server's answer of the typed line; nil stands for a user who does not want to answer. The line
  /// fills in the first field; an empty line leaves its default. The other fields have their defaults.
  ///
  /// - Returns: `decline` also when the line cannot be a value of the field.
  func answer(_ line: String?) -> Answer {
    guard let line, let fields = requestedSchema["properties"]?.objectValue, let first = fields.keys.first
    else { return .decline }
    var content: JSONObject = [:]
    for (name, schema) in fields {
      let field = FormField(schema: schema)
      guard name == first else {
        content[name] = field.standard
        continue
      }
      guard let value = field.value(of: line) else { return .decline }
      content[name] = value
    }
    return .accept(content)
  }
}
