import MCP

/// A JSON text as people write settings: with comments, and commas after the last member. It is changed in place.
struct CommentedJSON {
  /// The reason why the text cannot be changed, in the middle of a sentence.
  struct Problem: Error {
    let text: String
  }

  private struct Member {
    let key: String
    let start: Int
    let value: Range<Int>
  }

  private struct Object {
    var members: [Member] = []
    /// The place of the closing brace.
    var end = 0
    var endsWithComma = false
  }

  private var bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Sets `name` of the object that is the root's member `section` to `value`; each is added if it is missing.
  ///
  /// A value that is there already, in any layout, stays as it stands.
  mutating func set(_ name: String, in section: String, to value: JSON) throws(Problem) {
    let start = skipBlank(from: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    guard start < bytes.count else {
      bytes += Array((JSON.object([section: .object([name: value])]).pretty() + "\n").utf8)
      return
    }
    let root = try object(at: start)
    guard skipBlank(from: root.end + 1) == bytes.count else {
      throw Problem(text: "it goes on after its end")
    }
    let step = indentation(of: root.members.first) ?? "  "
    guard let found = root.members.last(where: { $0.key == section }) else {
      insert(section, .object([name: value]), at: start, root, indentation: step, step: step)
      return
    }
    let inner = try object(at: found.value.lowerBound)
    let outer = indentation(of: found) ?? step
    if let former = inner.members.last(where: { $0.key == name }) {
      if (try? JSON(parsing: bytes[former.value])) == value { return }
      let layout = laidOut(value, indentation: indentation(of: former) ?? outer + step, step: step)
      bytes.replaceSubrange(former.value, with: Array(layout.utf8))
    } else {
      let indentation = indentation(of: inner.members.first) ?? outer + step
      insert(name, value, at: found.value.lowerBound, inner, indentation: indentation, step: step)
    }
  }

  /// Adds a member behind all that the object has, comments included.
  private mutating func insert(
    _ name: String, _ value: JSON, at start: Int, _ object: Object, indentation: String, step: String
  ) {
    var place = object.end
    while place > start + 1, isSpace(bytes[place - 1]) { place -= 1 }
    let hasOwnLine = bytes[place..<object.end].contains(UInt8(ascii: "\n"))
    var added = newline + indentation + JSON.string(name).text + ": "
    added += laidOut(value, indentation: indentation, step: step)
    if !hasOwnLine { added += newline + indentation.dropLast(step.count) }
    bytes.insert(contentsOf: Array(added.utf8), at: place)
    if let last = object.members.last, !object.endsWithComma {
      bytes.insert(UInt8(ascii: ","), at: last.value.upperBound)
    }
  }

  /// The value in lines, of which all but the first are indented.
  private func laidOut(_ value: JSON, indentation: String, step: String) -> String {
    let lines = value.pretty().split(separator: "\n").map { line in
      let depth = line.prefix { $0 == " " }.count / 2
      return String(repeating: step, count: depth) + line.dropFirst(2 * depth)
    }
    return lines.joined(separator: newline + indentation)
  }

  private var newline: String { text.contains("\r\n") ? "\r\n" : "\n" }

  /// The blanks before a member that has a line of its own.
  private func indentation(of member: Member?) -> String? {
    guard let member else { return nil }
    var start = member.start
    while start > 0, bytes[start - 1] == UInt8(ascii: " ") || bytes[start - 1] == UInt8(ascii: "\t") {
      start -= 1
    }
    guard start > 0, bytes[start - 1] == UInt8(ascii: "\n") else { return nil }
    return String(decoding: bytes[start..<member.start], as: UTF8.self)
  }

  // Reading

  private func object(at start: Int) throws(Problem) -> Object {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "{") else {
      throw Problem(text: "there is no object where one was expected")
    }
    var object = Object()
    var position = skipBlank(from: start + 1)
    while position < bytes.count, bytes[position] != UInt8(ascii: "}") {
      let keyEnd = try endOfString(at: position)
      guard case .string(let key)? = try? JSON(parsing: bytes[position..<keyEnd]) else {
        throw Problem(text: "it has a name that is no string")
      }
      let colon = skipBlank(from: keyEnd)
      guard colon < bytes.count, bytes[colon] == UInt8(ascii: ":") else {
        throw Problem(text: "there is no colon after \"\(key)\"")
      }
      let valueStart = skipBlank(from: colon + 1)
      let valueEnd = try endOfValue(at: valueStart)
      object.members.append(Member(key: key, start: position, value: valueStart..<valueEnd))
      position = skipBlank(from: valueEnd)
      object.endsWithComma = position < bytes.count && bytes[position] == UInt8(ascii: ",")
      if object.endsWithComma {
        position = skipBlank(from: position + 1)
      } else if position < bytes.count, bytes[position] != UInt8(ascii: "}") {
        throw Problem(text: "there is no comma after \"\(key)\"")
      }
    }
    guard position < bytes.count else { throw Problem(text: "it ends within an object") }
    object.end = position
    return object
  }

  private func endOfValue(at start: Int) throws(Problem) -> Int {
    guard start < bytes.count else { throw Problem(text: "a value is missing at its end") }
    switch bytes[start] {
    case UInt8(ascii: "\""): return try endOfString(at: start)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      var depth = 0
      var position = start
      while position < bytes.count {
        switch bytes[position] {
        case UInt8(ascii: "\""):
          position = try endOfString(at: position)
          continue
        case UInt8(ascii: "/"):
          position = max(skipBlank(from: position), position + 1)
          continue
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          depth -= 1
          if depth == 0 { return position + 1 }
        default: break
        }
        position += 1
      }
      throw Problem(text: "it ends within a value")
    default:
      let end = bytes[start...].firstIndex { isSpace($0) || ",}]/".utf8.contains($0) } ?? bytes.count
      guard end > start else { throw Problem(text: "a value is missing") }
      return end
    }
  }

  private func endOfString(at start: Int) throws(Problem) -> Int {
    guard bytes[start] == UInt8(ascii: "\"") else { throw Problem(text: "it has a name without quotes") }
    var position = start + 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < bytes.count else { throw Problem(text: "it ends within a string") }
    return position + 1
  }

  /// The place of the next byte that is neither white space nor part of a comment.
  private func skipBlank(from start: Int) -> Int {
    var position = start
    while position < bytes.count {
      if isSpace(bytes[position]) {
        position += 1
      } else if bytes[position...].starts(with: "//".utf8) {
        position = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      } else if bytes[position...].starts(with: "/*".utf8) {
        position += 2
        while position < bytes.count, !bytes[position...].starts(with: "*/".utf8) { position += 1 }
        position = min(position + 2, bytes.count)
      } else {
        break
      }
    }
    return position
  }

  private func isSpace(_ byte: UInt8) -> Bool { " \t\r\n".utf8.contains(byte) }
}
