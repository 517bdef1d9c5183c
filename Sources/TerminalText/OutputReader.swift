/// Reads what a program prints for a terminal: its text, its styles, and its moves within its own last lines.
///
/// Escape sequences (ECMA-48) have a meaning only if they stand in ``Piece``. All others are dropped. A
/// sequence may be cut anywhere between two texts. It ends at the latest with its line.
public struct OutputReader: Sendable {
  public enum Piece: Sendable, Hashable {
    /// Text within a line. It may have control characters, which its drawer makes visible.
    case text(String, TextLook)
    case newline
    case carriageReturn
    case backspace
    case erase(Erasure)
    /// The cursor goes up so many lines, and stays in its column.
    case up(Int)
    case down(Int)
  }

  /// The part of a line that is erased.
  public enum Erasure: Sendable, Hashable {
    case toEnd, toStart, all
  }

  private enum State {
    case text
    case escape
    /// An escape with intermediate bytes, such as `ESC ( B`.
    case longEscape
    /// CSI: parameters, and a letter.
    case control
    /// OSC, DCS and the like: anything up to BEL or ST.
    case string
  }

  /// Longer parameters are not read.
  private static let mostParameters = 256
  /// The bytes of a sequence after which it is given up, so that nothing endless hides what follows.
  private static let longestControl = 4096
  private static let longestString = 1 << 16

  private var state = State.text
  private var parameters: [UInt8] = []
  private var length = 0
  /// The look of the text that comes next.
  private var look = TextLook.plain

  public init() {}

  /// Forgets an unfinished sequence, and the look.
  public mutating func reset() { self = OutputReader() }

  /// Reads the next part of the output.
  public mutating func read(_ text: String) -> [Piece] {
    var text = text
    return text.withUTF8 { read($0) }
  }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> [Piece] {
    var pieces: [Piece] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      if state == .text {
        guard Self.endsText(bytes[index]) else {
          index += 1
          continue
        }
        append(bytes[start..<index], to: &pieces)
        switch bytes[index] {
        case 0x0A: pieces.append(.newline)
        // A carriage return before a newline changes nothing.
        case 0x0D: if index + 1 == bytes.count || bytes[index + 1] != 0x0A { pieces.append(.carriageReturn) }
        case 0x08: pieces.append(.backspace)
        default: begin(.escape)
        }
        index += 1
      } else if take(bytes[index], &pieces) {
        index += 1
      }
      start = index
    }
    append(bytes[start..<index], to: &pieces)
    return pieces
  }

  private func append(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, to pieces: inout [Piece]) {
    if !bytes.isEmpty { pieces.append(.text(String(decoding: bytes, as: UTF8.self), look)) }
  }

  private static func endsText(_ byte: UInt8) -> Bool {
    byte < 0x20 && (byte == 0x0A || byte == 0x0D || byte == 0x08 || byte == 0x1B)
  }

  private mutating func begin(_ state: State) {
    self.state = state
    parameters = []
    length = 0
  }

  /// Takes a byte of a sequence. False means that the sequence is over, and the byte stands after it.
  private mutating func take(_ byte: UInt8, _ pieces: inout [Piece]) -> Bool {
    length += 1
    switch (state, byte) {
    case (.escape, UInt8(ascii: "[")): begin(.control)
    // These begin OSC, DCS, SOS, PM and APC.
    case (.escape, UInt8(ascii: "]")), (.escape, UInt8(ascii: "P")), (.escape, UInt8(ascii: "X")),
      (.escape, UInt8(ascii: "^")), (.escape, UInt8(ascii: "_")):
      begin(.string)
    case (.escape, 0x20...0x2F): state = .longEscape
    case (.longEscape, 0x20...0x2F) where length < Self.longestControl: break
    case (.escape, 0x30...0x7E), (.longEscape, 0x30...0x7E): state = .text

    case (.control, 0x20...0x3F) where length < Self.longestControl:
      if parameters.count <= Self.mostParameters { parameters.append(byte) }
    case (.control, 0x40...0x7E):
      state = .text
      if let piece = perform(byte) { pieces.append(piece) }

    // An escape may begin ST, which ends the string, or another sequence, which ends it too.
    case (.string, 0x1B): begin(.escape)
    // BEL ends a string; CAN and SUB give it up.
    case (.string, 0x07), (.string, 0x18), (.string, 0x1A): state = .text
    // The string is not given up within a character of several bytes.
    case (.string, _) where byte != 0x0A && (length < Self.longestString || byte & 0xC0 == 0x80): break

    default:
      state = .text
      return false
    }
    return true
  }

  /// Does what a whole control sequence says.
  private mutating func perform(_ final: UInt8) -> Piece? {
    guard parameters.count <= Self.mostParameters,
      parameters.allSatisfy({ (0x30...0x3B).contains($0) })
    else { return nil }
    switch final {
    case UInt8(ascii: "m"): look.select(parameters)
    case UInt8(ascii: "K"):
      switch String(decoding: parameters, as: UTF8.self) {
      case "", "0": return .erase(.toEnd)
      case "1": return .erase(.toStart)
      case "2": return .erase(.all)
      default: break
      }
    case UInt8(ascii: "A"): return count.map(Piece.up)
    case UInt8(ascii: "B"): return count.map(Piece.down)
    default: break
    }
    return nil
  }

  /// The one number of a move; nil where there are several.
  private var count: Int? {
    if parameters.isEmpty { return 1 }
    return Int(String(decoding: parameters, as: UTF8.self)).map { min(max(1, $0), 10_000) }
  }
}
