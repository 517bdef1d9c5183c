public enum NearestName {
  /// Finds the name that was probably meant: at most a third of it differs.
  public static func to(_ typed: String, in names: [String]) -> String? {
    let distances = names.map { ($0, distance(Array(typed), Array($0))) }
    guard let (name, distance) = distances.min(by: { $0.1 < $1.1 }) else { return nil }
    return distance <= max(1, name.count / 3) ? name : nil
  }

  /// Counts the characters to add, take away, exchange, or swap with their neighbour.
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var rows = [Array(0...right.count)]
    for (i, character) in left.enumerated() {
      var row = [i + 1]
      for (j, other) in right.enumerated() {
        var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (character == other ? 0 : 1))
        if i > 0, j > 0, character == right[j - 1], left[i - 1] == other {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
