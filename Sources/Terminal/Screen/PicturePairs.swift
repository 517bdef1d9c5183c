import Repl

/// The numbers of the colour pairs for pictures, given out when they are wanted.
struct PicturePairs {
  private let first: Int
  private let end: Int
  private var numbers: [Style.CellColours: Int] = [:]
  private var new: [(Int, Style.CellColours)] = []

  /// - Parameter end: one past the last number.
  init(first: Int, end: Int) {
    self.first = first
    self.end = end
  }

  /// The number of a pair. When all are given out it is 0, the terminal's own colours.
  mutating func number(of colours: Style.CellColours) -> UInt16 {
    if let number = numbers[colours] { return UInt16(number) }
    let number = first + numbers.count
    guard number < end else { return 0 }
    numbers[colours] = number
    new.append((number, colours))
    return UInt16(number)
  }

  /// Takes the pairs that the terminal does not know yet.
  mutating func takeNew() -> [(Int, Style.CellColours)] {
    defer { new = [] }
    return new
  }
}
