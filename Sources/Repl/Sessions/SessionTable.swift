internal import SystemSupport
internal import TerminalText

/// Lists of checkpoints and sessions, in columns.
enum SessionTable {
  private static let lineCells = 40

  static func checkpoints(_ branches: [Branch], at now: Date) -> String {
    let all = branches.flatMap { branch in branch.kept.map { (branch, $0) } }
    guard !all.isEmpty else { return "There is no checkpoint yet; \":checkpoint [NAME]\" makes one." }
    let hasForks = branches.count > 1
    let head = ["name"] + (hasForks ? ["session"] : []) + ["at", "age", "size", "last line run"]
    let rows = all.map { branch, kept in
      [kept.name] + (hasForks ? [branch.name] : []) + [
        "#\(kept.past.count)", age(now.timeIntervalSince(kept.created)), Numbers.bytes(kept.bytes),
        shortened(kept.past.last?.line ?? ""),
      ]
    }
    return text([head] + rows)
  }

  static func sessions(_ branches: [Branch], current: String) -> String {
    let rows = branches.map { branch in
      [
        branch.name, "#\(branch.position)", branch.name == current ? "here" : "",
        shortened(branch.past.last?.line ?? ""),
      ]
    }
    return text([["session", "at", "", "last line run"]] + rows)
  }

  /// Shortens a line of code to a part of a sentence or of a table.
  static func shortened(_ line: String) -> String {
    let words = VisibleText.of(line).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard DisplayWidth.of(words) > lineCells else { return words }
    return [Span(words)].prefix(cells: lineCells - 1).plainText + "…"
  }

  /// Writes an age such as `8 s`, `12 min`, `3 h` or `2 d`.
  static func age(_ seconds: TimeInterval) -> String {
    let seconds = max(0, Int(seconds))
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3600: return "\(seconds / 60) min"
    case ..<86_400: return "\(seconds / 3600) h"
    default: return "\(seconds / 86_400) d"
    }
  }

  private static func text(_ rows: [[String]]) -> String {
    let rows = rows.map { $0.map { VisibleText.of($0) } }
    let widths = rows[0].indices.map { column in rows.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (cell, width) in zip(row, widths) {
        line += cell + String(repeating: " ", count: width - DisplayWidth.of(cell) + 2)
      }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
