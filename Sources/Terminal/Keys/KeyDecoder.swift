public import TerminalText

/// Makes keys of a terminal's bytes: UTF-8, control characters, CSI u, bracketed pastes and SGR mouse
/// reports. It knows the sequences of xterm, rxvt, the Linux console and tmux.
///
/// It takes pieces of any size. Sequences that mean no key are dropped as a whole; bytes that are no UTF-8
/// become U+FFFD.
public struct KeyDecoder: Sendable {
  private enum State {
    case ground
    /// One escape has come, or two.
    case escape(isDouble: Bool)
    case csi([UInt8], isAlt: Bool)
    case ss3([UInt8], isAlt: Bool)
    /// A message from the terminal (OSC, DCS and their kin), which ends with BEL or ST.
    case message(introducer: UInt8, body: [UInt8], afterEscape: Bool)
    /// The rest of an X10 mouse report.
    case skipping(Int)
    case paste
  }

  /// The longest sequence of any key, in bytes.
  private static let longestSequence = 64

  private var state = State.ground
  private var scalars = ScalarDecoder()
  private var isAltText = false
  private var paste = PasteCollector()
  private var keys: [Key] = []
  private var answers: [TerminalAnswer] = []

  public init() {}

  /// Takes the answers to our questions that have come.
  public mutating func takeAnswers() -> [TerminalAnswer] {
    defer { answers = [] }
    return answers
  }

  /// True when a sequence has begun that could end here as well: a lone escape is a key. After a short time
  /// without more bytes, ``flush()`` decides.
  public var isPending: Bool {
    switch state {
    case .paste: false
    case .ground: scalars.isPending
    // An answer has been asked for, and may come in pieces.
    case .message(let introducer, let body, _): !TerminalAnswer.isBegun(by: body, introducer: introducer)
    case .escape, .csi, .ss3, .skipping: true
    }
  }

  /// - Returns: the keys that these bytes complete.
  public mutating func feed(_ bytes: some Collection<UInt8>) -> [Key] {
    var rest = Array(bytes)[...]
    while let byte = rest.first {
      if case .paste = state {
        guard let taken = paste.take(rest) else { break }
        rest = rest.dropFirst(taken)
        keys.append(.paste(paste.text))
        paste = PasteCollector()
        state = .ground
      } else {
        rest = rest.dropFirst()
        push(byte)
      }
    }
    return takeKeys()
  }

  /// Ends an unfinished sequence: its bytes become keys as they are.
  public mutating func flush() -> [Key] {
    switch state {
    case .ground:
      if scalars.isPending { emitReplacement() }
    case .escape(let isDouble):
      keys += Array(repeating: .named(.escape), count: isDouble ? 2 : 1)
    case .csi(let body, _):
      if body.isEmpty { keys.append(.alt("[")) }
    case .ss3(let body, _):
      if body.isEmpty { keys.append(.alt("O")) }
    case .message(let introducer, let body, _):
      if body.isEmpty { keys.append(.alt(Character(Unicode.Scalar(introducer)))) }
    case .skipping: break
    case .paste: return []
    }
    scalars.reset()
    isAltText = false
    state = .ground
    return takeKeys()
  }

  private mutating func takeKeys() -> [Key] {
    defer { keys = [] }
    return keys
  }

  private mutating func push(_ byte: UInt8) {
    switch state {
    case .ground: text(byte)
    case .escape(let isDouble): escaped(byte, isDouble: isDouble)
    case .csi(let body, let isAlt): csi(byte, body, isAlt: isAlt)
    case .ss3(let body, let isAlt): ss3(byte, body, isAlt: isAlt)
    case .message(let introducer, let body, let afterEscape):
      message(byte, introducer: introducer, body, afterEscape: afterEscape)
    case .skipping(let count): state = count > 1 ? .skipping(count - 1) : .ground
    case .paste: break
    }
  }

  private mutating func text(_ byte: UInt8) {
    switch scalars.push(byte) {
    case .incomplete: break
    case .scalar(let scalar): emit(scalar)
    case .invalid(let again):
      emitReplacement()
      if again { text(byte) }
    }
  }

  private mutating func emit(_ scalar: Unicode.Scalar) {
    if scalar == "\u{1b}" {
      state = .escape(isDouble: false)
      return
    }
    let key = Self.key(scalar)
    switch key {
    case .character(let character) where isAltText: keys.append(.alt(character))
    case .named(let name) where isAltText: keys.append(.altNamed(name))
    case .character, .control, .alt, .named, .altNamed, .controlNamed, .shiftNamed, .paste, .mouse:
      if isAltText { keys.append(.named(.escape)) }
      keys.append(key)
    }
    isAltText = false
  }

  private mutating func emitReplacement() {
    keys.append(isAltText ? .alt("\u{fffd}") : .character("\u{fffd}"))
    isAltText = false
  }

  /// The key of a character that is no escape.
  private static func key(_ scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    // The terminal has made line feeds of the carriage returns that were typed before the program took it.
    case 0x0d, 0x0a: .named(.enter)
    case 0x09: .named(.tab)
    case 0x08, 0x7f: .named(.backspace)
    case 0x00, 0x1c...0x1f: .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x40))))
    case 0x01...0x1a: .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x60))))
    default: .character(Character(scalar))
    }
  }

  private mutating func escaped(_ byte: UInt8, isDouble: Bool) {
    switch byte {
    case 0x1b where isDouble: keys.append(.named(.escape))
    case 0x1b: state = .escape(isDouble: true)
    case UInt8(ascii: "["): state = .csi([], isAlt: isDouble)
    case UInt8(ascii: "O"): state = .ss3([], isAlt: isDouble)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "X"):
      if isDouble { keys.append(.named(.escape)) }
      state = .message(introducer: byte, body: [], afterEscape: false)
    default:
      if isDouble { keys.append(.named(.escape)) }
      isAltText = true
      state = .ground
      text(byte)
    }
  }

  private mutating func csi(_ byte: UInt8, _ body: [UInt8], isAlt: Bool) {
    let isNumber = !body.isEmpty && body.allSatisfy { (0x30...0x39).contains($0) }
    switch byte {
    case UInt8(ascii: "M") where body.isEmpty: state = .skipping(3)
    // The Linux console sends its function keys as CSI [ A to CSI [ E.
    case UInt8(ascii: "[") where body.isEmpty: state = .csi([byte], isAlt: isAlt)
    case _ where body == [UInt8(ascii: "[")]:
      state = .ground
      let names: [Key.Named] = [.f1, .f2, .f3, .f4, .f5]
      if (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(byte) {
        keys.append(.named(names[Int(byte - UInt8(ascii: "A"))]))
      }
    case UInt8(ascii: "$") where isNumber, 0x40...0x7e:
      state = .ground
      finish(ControlSequence(body, final: byte), isAlt: isAlt)
    case 0x20...0x3f:
      state = body.count < Self.longestSequence ? .csi(body + [byte], isAlt: isAlt) : .ground
    default:
      // This is no sequence after all: the byte stands for itself.
      state = .ground
      text(byte)
    }
  }

  private mutating func finish(_ sequence: ControlSequence, isAlt: Bool) {
    if sequence.final == UInt8(ascii: "~"), sequence.marker == nil {
      switch sequence.number(0) {
      case 200:
        state = .paste
        return
      case 201: return
      default: break
      }
    }
    if let key = sequence.key(isAlt: isAlt) {
      keys.append(key)
    } else if let answer = TerminalAnswer(sequence) {
      answers.append(answer)
    }
  }

  private mutating func ss3(_ byte: UInt8, _ body: [UInt8], isAlt: Bool) {
    switch byte {
    case 0x30...0x3b:
      state = body.count < Self.longestSequence ? .ss3(body + [byte], isAlt: isAlt) : .ground
    case 0x20...0x7e:
      state = .ground
      if let key = Self.applicationKey(byte, body, isAlt: isAlt) { keys.append(key) }
    default:
      state = .ground
      text(byte)
    }
  }

  private static func applicationKey(_ byte: UInt8, _ body: [UInt8], isAlt: Bool) -> Key? {
    let alt: Modifiers = isAlt ? .alt : []
    switch byte {
    // These are rxvt's arrows with Control.
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      return ControlSequence.letters[byte - 0x20].map { alt.union(.control).key($0) }
    case UInt8(ascii: "M"): return alt.key(.enter)
    case UInt8(ascii: "I"): return alt.key(.tab)
    // These are the keypad's keys: `*` to `9` and `=`.
    case UInt8(ascii: "j")...UInt8(ascii: "y"), UInt8(ascii: "X"):
      return .character(Character(Unicode.Scalar(byte == UInt8(ascii: "X") ? 0x3d : byte - 0x40)))
    default:
      // Some send the modifiers alone, some after a 1.
      let modified = body.contains(UInt8(ascii: ";")) || body.isEmpty ? body : Array("1;".utf8) + body
      return ControlSequence(modified, final: byte).key(isAlt: isAlt)
    }
  }

  private mutating func message(_ byte: UInt8, introducer: UInt8, _ body: [UInt8], afterEscape: Bool) {
    switch byte {
    case 0x18, 0x1a: state = .ground
    case 0x07,
      UInt8(ascii: "\\") where byte == 0x07 || afterEscape:
      state = .ground
      if let answer = TerminalAnswer(message: body, introducer: introducer) { answers.append(answer) }
    case _ where afterEscape:
      state = .escape(isDouble: false)
      push(byte)
    default:
      let body = byte == 0x1b || body.count > TerminalAnswer.longest ? body : body + [byte]
      state = .message(introducer: introducer, body: body, afterEscape: byte == 0x1b)
    }
  }
}
