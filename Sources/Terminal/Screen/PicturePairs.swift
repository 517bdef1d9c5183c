import Repl

/// The numbers of the pairs of colours that pictures have. They are given out as they are wanted.
struct PicturePairs {
  private let first: Int
  private let end: Int
  private var numbers: [Style.CellColours: Int] = [:]
  private var new: [(Int, Style.CellColours)] = []

  /// - Parameter end: the first number that there is not.
  init(first: Int, end: Int) {
    self.first = first
    self.end = end
  }

  /// 0, which is the terminal's own colours, when all are given out.
  mutating func number(of colours: Style.CellColours) -> UInt16 {
    if let number = numbers[colours] { return UInt16(number) }
    let number = first + numbers.count
    guard number < end else { return 0 }
    numbers[colours] = number
    new.append((number, colours))
    return UInt16(number)
  }

  /// Those that have not been told to the terminal yet.
  mutating func takeNew() -> [(Int, Style.CellColours)] {
    defer { new = [] }
    return new
  }
}
