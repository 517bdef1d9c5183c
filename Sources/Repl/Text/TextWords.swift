enum TextWords {
  /// Breaks text into lines of at most so many cells, at blanks where there are any.
  static func wrapped(_ text: String, to cells: Int) -> [String] {
    var rows: [String] = []
    var row = ""
    for word in text.split(separator: " ") {
      if row.isEmpty {
        row = String(word)
      } else if DisplayWidth.of(row) + 1 + DisplayWidth.of(word) <= cells {
        row += " " + word
      } else {
        rows.append(row)
        row = String(word)
      }
    }
    return rows + [row]
  }
}
