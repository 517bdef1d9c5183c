internal import Traffic

/// A text to find in a pane. Case matters only when the text has a letter in upper case.
struct Finder: Sendable, Hashable {
  private let text: TextFinder

  init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    self.text = TextFinder(text)
  }

  var source: String { text.text }

  /// Marks all matches in the line.
  func marking(_ line: Line) -> Line {
    line.marking(text.ranges(in: line.plainText), as: .match)
  }

  /// Finds the next line that holds the text; the search goes round at the ends.
  ///
  /// - Parameter start: the line before the first to look at, in the direction.
  func next(in source: some ScrollSource, from start: Int, forwards: Bool) -> Int? {
    let numbers = source.numbers
    guard !numbers.isEmpty else { return nil }
    let step = forwards ? 1 : -1
    var number = start
    for _ in numbers {
      number += step
      if number >= numbers.upperBound { number = numbers.lowerBound }
      if number < numbers.lowerBound { number = numbers.upperBound - 1 }
      if let line = source.line(number), text.isIn(line.spans.plainText) { return number }
    }
    return nil
  }
}
