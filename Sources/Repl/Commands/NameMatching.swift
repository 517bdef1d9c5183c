/// The match of a text with some of its letters, typed in their order.
struct FuzzyMatch: Sendable, Hashable {
  /// The quality of the match; greater is better.
  var score: Int
  /// The positions of the letters, in characters.
  var positions: [Int]

  /// Gives nil when a letter is missing. An empty pattern fits everything equally.
  init?(_ pattern: String, in text: String) {
    let letters = Array(pattern.lowercased().filter { $0 != " " })
    let characters = Array(text)
    let lowered = characters.map { Character($0.lowercased().first.map(String.init) ?? String($0)) }
    guard let best = Self.best(letters, in: lowered, characters) else { return nil }
    self = best
  }

  private init(score: Int, positions: [Int]) {
    self.score = score
    self.positions = positions
  }

  /// Finds, for each letter and place, the best score that ends there and the place of the letter before.
  private static func best(_ letters: [Character], in lowered: [Character], _ characters: [Character])
    -> FuzzyMatch?
  {
    guard !letters.isEmpty else { return FuzzyMatch(score: 0, positions: []) }
    var table: [[(score: Int, previous: Int)?]] = []
    for (index, letter) in letters.enumerated() {
      var row = [(score: Int, previous: Int)?](repeating: nil, count: lowered.count)
      var before: (score: Int, place: Int)?
      for place in lowered.indices {
        if index > 0, place > 0, let candidate = table[index - 1][place - 1] {
          if before.map({ candidate.score >= $0.score }) ?? true { before = (candidate.score, place - 1) }
        }
        guard lowered[place] == letter else { continue }
        let value = bonus(at: place, of: characters)
        if index == 0 {
          row[place] = (value - min(place, 5), -1)
        } else {
          if let before { row[place] = (before.score + value, before.place) }
          if place > 0, let adjacent = table[index - 1][place - 1] {
            let score = adjacent.score + max(value, 8) + 2
            if row[place].map({ score > $0.score }) ?? true { row[place] = (score, place - 1) }
          }
        }
      }
      table.append(row)
    }
    guard let last = table.last,
      let end = last.indices.filter({ last[$0] != nil }).max(by: {
        (last[$0]?.score ?? 0) < (last[$1]?.score ?? 0)
      }),
      let score = last[end]?.score
    else { return nil }
    var positions: [Int] = []
    var place = end
    for row in table.reversed() {
      positions.append(place)
      place = row[place]?.previous ?? 0
    }
    return FuzzyMatch(score: score - characters.count / 8, positions: positions.reversed())
  }

  /// A letter at the start of a word counts more.
  private static func bonus(at place: Int, of characters: [Character]) -> Int {
    guard place > 0 else { return 8 }
    let before = characters[place - 1]
    if !before.isLetter, !before.isNumber { return 8 }
    return characters[place].isUppercase && before.isLowercase ? 6 : 1
  }
}

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
