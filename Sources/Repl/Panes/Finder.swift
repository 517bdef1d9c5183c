internal import Traffic

/// A text that is looked for in a pane. Letters of either case are the same unless it has one in upper case.
struct Finder: Sendable, Hashable {
  private let text: TextFinder

  init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    self.text = TextFinder(text)
  }

  var source: String { text.text }

  /// The line with all that was found marked.
  func marking(_ line: Line) -> Line {
    line.marking(text.ranges(in: line.plainText), as: .match)
  }

  /// The next line that holds the text, the one after the last being the first.
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
