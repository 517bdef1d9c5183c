import MCP
import Repl
import RunPythonTool
import Synchronization
import SystemSupport

/// The questions of Python's `input()` that the user has not answered yet.
final class Questions: Sendable {
  private let mailbox: EventMailbox
  private let lastID = Atomic(0)
  private let replies = PendingReplies<Int, String?>()

  init(mailbox: EventMailbox) {
    self.mailbox = mailbox
  }

  /// Asks the user, and gives the answer for the server. Cancelling the task withdraws the question.
  func ask(_ elicitation: Elicitation) async -> Elicitation.Answer {
    let id = lastID.add(1, ordering: .relaxed).newValue
    let line = try? await replies.reply(to: id) {
      mailbox.post(
        .inputRequested(InputRequest(id: id, prompt: elicitation.message, isHidden: elicitation.isHidden)))
    } onGivingUp: { [mailbox] _ in
      mailbox.post(.inputWithdrawn(id: id))
    }
    return elicitation.answer(line ?? nil)
  }

  func answer(_ id: Int, _ text: String?) {
    replies.give(.success(text), to: id)
  }
}

/// A field of a server's question (2025-11-25, schema: `PrimitiveSchemaDefinition`). The type is pure.
struct FormField {
  let schema: JSON

  /// The value for a user who says nothing of the field: its default, else an empty value of its type.
  var standard: JSON {
    if let value = schema["default"] { return value }
    if let choice = choices.first { return choice }
    return switch schema["type"]?.stringValue {
    case "boolean": false
    case "integer", "number": schema["minimum"] ?? 0
    case "array": []
    default: ""
    }
  }

  /// The line as a value of the field; nil when it cannot be one.
  func value(of line: String) -> JSON? {
    let text = line.trimmingWhitespace()
    if text.isEmpty, schema["default"] != nil { return standard }
    let value: JSON? =
      switch schema["type"]?.stringValue {
      case "boolean": Self.boolean(text)
      case "integer": Int(text).map(JSON.integer)
      case "number": Double(text).flatMap { $0.isFinite ? Int(text).map(JSON.integer) ?? .number($0) : nil }
      case "array":
        .array(text.split(separator: ",").map { .string($0.trimmingWhitespace()) })
      default: .string(line)
      }
    guard let value else { return nil }
    return choices.isEmpty || choices.contains(value) ? value : nil
  }

  private var choices: [JSON] {
    schema["enum"]?.arrayValue ?? schema["oneOf"]?.arrayValue?.compactMap { $0["const"] } ?? []
  }

  private static func boolean(_ text: String) -> JSON? {
    switch text.lowercased() {
    case "true", "yes", "y", "1": true
    case "false", "no", "n", "0": false
    default: nil
    }
  }
}

extension Elicitation {
  /// True when the server asks that the answer is not shown while it is typed.
  var isHidden: Bool { meta[ToolKey.hidden]?.boolValue ?? false }

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
