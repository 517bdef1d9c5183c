/// Lines of a text that are drawn as one line, until the user opens them.
struct Fold: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    /// The middle of a long output or value.
    case lines
    /// The frames of a traceback in a library.
    case frames(Int, library: String)
    /// The rest of a long line.
    case characters(Int)
    /// Lines that have had their time, and are not drawn at all.
    case past
  }

  var kind: Kind
  /// The numbers of the lines.
  var lines: Range<Int>
  var isOpen = false

  /// The words for what is folded, such as `9,960 lines`.
  ///
  /// - Parameter kept: the lines that have not been dropped.
  func title(of kept: Range<Int>) -> String {
    switch kind {
    case .lines: "\(Numbers.grouped(lines.clamped(to: kept).count)) lines"
    case .frames(1, let library): "1 frame in \(library)"
    case .frames(let count, let library): "\(count) frames in \(library)"
    case .characters(let count): "\(Numbers.grouped(count)) characters"
    case .past: ""
    }
  }
}

/// The folds of a text, in order and without overlap.
struct Folds: Sendable, Hashable {
  private var folds: [Fold] = []

  var count: Int { folds.count }

  /// The fold that holds a line.
  subscript(line: Int) -> Fold? { index(of: line).map { folds[$0] } }

  /// Adds a fold below the others. Nothing happens where there is nothing to fold.
  mutating func add(_ kind: Fold.Kind, _ lines: Range<Int>) {
    if !lines.isEmpty { folds.append(Fold(kind: kind, lines: lines)) }
  }

  /// Lets the last fold reach to another line, or adds it if it is not there yet.
  mutating func extend(to lines: Range<Int>) {
    if let last = folds.last, last.kind == .lines, last.lines.lowerBound == lines.lowerBound {
      folds[folds.count - 1].lines = lines
    } else {
      add(.lines, lines)
    }
  }

  /// Opens the fold that holds a line, or closes it.
  mutating func toggle(at line: Int) {
    if let index = index(of: line), folds[index].kind != .past { folds[index].isOpen.toggle() }
  }

  mutating func open(at line: Int) {
    if let index = index(of: line) { folds[index].isOpen = true }
  }

  /// The first line of the nearest fold in a direction.
  func next(from line: Int, forwards: Bool) -> Int? {
    let place = firstIndex { $0.lines.lowerBound > line }
    if forwards { return folds[place...].first { $0.kind != .past }?.lines.lowerBound }
    let before = folds[..<firstIndex { $0.lines.lowerBound >= line }]
    return before.last { $0.kind != .past }?.lines.lowerBound
  }

  /// Forgets the folds whose lines are all gone.
  mutating func drop(before line: Int) {
    let count = firstIndex { $0.lines.upperBound > line }
    // They are taken away in heaps, so that each moves only now and then.
    if count > 256 || count == folds.count { folds.removeFirst(count) }
  }

  mutating func removeAll() { folds = [] }

  private func index(of line: Int) -> Int? {
    let index = firstIndex { $0.lines.upperBound > line }
    return index < folds.count && folds[index].lines.contains(line) ? index : nil
  }

  /// The first place from which on a condition holds, found by halves.
  private func firstIndex(where condition: (Fold) -> Bool) -> Int {
    var range = 0..<folds.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range = condition(folds[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return range.lowerBound
  }
}
