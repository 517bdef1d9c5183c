import TerminalText

/// Turns what a program prints into what a terminal may get: visible text, our own sequences for its styles, and
/// moves within the lines that the program itself has printed.
public struct ProgramOutput: Sendable {
  /// The streams of a program that end on the same terminal.
  public enum Stream: Sendable, Hashable {
    case output, error
  }

  /// The colours that may be used; nil for a terminal that knows no sequences.
  private let depth: ColourDepth?
  private var readers: [Stream: OutputReader] = [:]
  /// The number of newlines since the output began, which is how far up the cursor may go.
  private var rows = 0
  /// The number of lines that the cursor is above the lowest one.
  private var above = 0
  /// True when something stands in the lowest line.
  public private(set) var isLineOpen = false

  public init(depth: ColourDepth?) {
    self.depth = depth
  }

  /// Gives the next part of a stream as the terminal is to get it.
  public mutating func text(of part: String, on stream: Stream) -> String {
    readers[stream, default: OutputReader()].read(part).reduce(into: "") { $0 += text(of: $1) }
  }

  /// Gives a text that has nothing to do with the output before it.
  public mutating func text(of whole: String) -> String {
    let start = end()
    var reader = OutputReader()
    return reader.read(whole).reduce(into: start) { $0 += text(of: $1) }
  }

  /// Ends the program's output: what comes next goes below it.
  public mutating func end() -> String {
    defer {
      readers = [:]
      (rows, above) = (0, 0)
    }
    guard above > 0 else { return "" }
    defer { isLineOpen = false }
    return "\r" + String(repeating: "\n", count: isLineOpen ? above + 1 : above)
  }

  private mutating func text(of piece: OutputReader.Piece) -> String {
    switch piece {
    case .text(let text, let look):
      if above == 0 { isLineOpen = true }
      let shown = VisibleText.printable(text, keeping: ["\t"])
      let numbers = depth.map { look.numbers($0) } ?? ""
      return numbers.isEmpty ? shown : "\u{1b}[\(numbers)m\(shown)\u{1b}[0m"
    case .newline:
      if above > 0 {
        above -= 1
      } else {
        rows += 1
        isLineOpen = false
      }
      return "\n"
    case .carriageReturn: return "\r"
    case .backspace: return "\u{8}"
    case .erase(let erasure):
      guard depth != nil else { return "" }
      switch erasure {
      case .toEnd: return "\u{1b}[K"
      case .toStart: return "\u{1b}[1K"
      case .all: return "\u{1b}[2K"
      }
    case .up(let count):
      let count = min(count, rows - above)
      above += max(0, count)
      return move(count, "A")
    case .down(let count):
      let count = min(count, above)
      above -= count
      return move(count, "B")
    }
  }

  private func move(_ count: Int, _ letter: String) -> String {
    depth != nil && count > 0 ? "\u{1b}[\(count)\(letter)" : ""
  }
}

extension TextLook {
  /// The parameters of SGR that turn a plain look into this one.
  func numbers(_ depth: ColourDepth) -> String {
    let names: [(Attributes, Int)] = [
      (.bold, 1), (.dim, 2), (.italic, 3), (.underline, 4), (.reverse, 7), (.strike, 9),
    ]
    var numbers = names.filter { attributes.contains($0.0) }.map { "\($0.1)" }
    if let colour = foreground.flatMap(depth.nearest) { numbers.append(colour.parameter(base: 30)) }
    if let colour = background.flatMap(depth.nearest) { numbers.append(colour.parameter(base: 40)) }
    return numbers.joined(separator: ";")
  }
}

extension TextLook.Colour {
  fileprivate func parameter(base: Int) -> String {
    switch self {
    case .palette(let number) where number < 8: "\(base + Int(number))"
    case .palette(let number) where number < 16: "\(base + 60 + Int(number) - 8)"
    case .palette(let number): "\(base + 8);5;\(number)"
    case .rgb(let red, let green, let blue): "\(base + 8);2;\(red);\(green);\(blue)"
    }
  }
}
