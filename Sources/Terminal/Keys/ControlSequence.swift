import TerminalText

/// A CSI or SS3 sequence as terminals send it for a key, without its introducer.
struct ControlSequence {
  /// The byte before the numbers: `<` for mouse reports, `?` and others for answers that nobody asked for.
  var marker: UInt8?
  /// The numbers between semicolons, each with the numbers after its colons; missing ones are `nil`.
  var parameters: [[Int?]]
  var final: UInt8

  init(_ body: [UInt8], final: UInt8) {
    var digits = body[...]
    if let first = digits.first, (0x3c...0x3f).contains(first) {
      marker = first
      digits.removeFirst()
    }
    parameters = digits.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { group in
      group.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map(Self.parameter)
    }
    self.final = final
  }

  /// Reads digits. A sequence may hold signs, too, but a number with one is none.
  private static func parameter(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  /// - Parameter isAlt: true when an escape came before the sequence.
  func key(isAlt: Bool) -> Key? {
    var modifiers = Modifiers(code: number(1) ?? 1)
    if isAlt { modifiers.insert(.alt) }
    if let marker {
      return marker == UInt8(ascii: "<") ? mouse : nil
    }
    // Kitty's protocol also tells when a key is released.
    if parameters.count > 1, parameters[1].count > 1, parameters[1][1] == 3 { return nil }
    switch final {
    case UInt8(ascii: "~"): return numbered(modifiers)
    case UInt8(ascii: "u"): return number(0).flatMap { modifiers.key(code: $0) }
    // rxvt tells modifiers by the last byte.
    case UInt8(ascii: "$"): return numbered(modifiers.union(.shift))
    case UInt8(ascii: "^"): return numbered(modifiers.union(.control))
    case UInt8(ascii: "@"): return numbered(modifiers.union([.shift, .control]))
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      return Self.letters[final - 0x20].map { modifiers.union(.shift).key($0) }
    // If the first number is not 1, the sequence is an answer, such as the cursor's position.
    default:
      return (number(0) ?? 1) == 1 ? Self.letters[final].map { modifiers.key($0) } : nil
    }
  }

  func number(_ index: Int) -> Int? {
    parameters.indices.contains(index) ? parameters[index].first ?? nil : nil
  }

  private func numbered(_ modifiers: Modifiers) -> Key? {
    guard let number = number(0) else { return nil }
    // xterm's modifyOtherKeys sends 27, the modifiers and the character.
    if number == 27, let code = self.number(2) { return modifiers.key(code: code) }
    return Self.numbers[number].map { modifiers.key($0) }
  }

  /// Terminals tell their size in 16 bits; a place beyond it is none.
  private static let largestSide = Int(UInt16.max)

  /// The mouse event of an SGR report (1006): the wheel or the left button.
  private var mouse: Key? {
    guard let button = number(0), let column = number(1), let row = number(2),
      max(column, row) <= Self.largestSide
    else { return nil }
    let position = Position(column: max(0, column - 1), row: max(0, row - 1))
    let isPress = final == UInt8(ascii: "M")
    // Shift, Alt and Control are bits 4, 8 and 16.
    switch button & ~0b1_1100 {
    case 0 where isPress: return .mouse(.press, position)
    case 0: return .mouse(.release, position)
    case 64 where isPress: return .mouse(.wheelUp, position)
    case 65 where isPress: return .mouse(.wheelDown, position)
    default: return nil
    }
  }

  /// The keys by the last byte of a CSI sequence; SS3 uses the same.
  static let letters: [UInt8: Key.Named] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "Z"): .backTab,
    UInt8(ascii: "P"): .f1, UInt8(ascii: "Q"): .f2, UInt8(ascii: "R"): .f3, UInt8(ascii: "S"): .f4,
  ]

  /// The keys by the number before `~`, as VT220, xterm, rxvt and the Linux console number them.
  private static let numbers: [Int: Key.Named] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .f1, 12: .f2, 13: .f3, 14: .f4, 15: .f5, 17: .f6, 18: .f7, 19: .f8, 20: .f9, 21: .f10,
    23: .f11, 24: .f12,
  ]
}

/// The modifiers of a key in xterm's numbers, and the keys they make.
struct Modifiers: OptionSet {
  var rawValue: Int

  static let shift = Modifiers(rawValue: 1)
  static let alt = Modifiers(rawValue: 2)
  static let control = Modifiers(rawValue: 4)
  static let meta = Modifiers(rawValue: 32)

  init(rawValue: Int) { self.rawValue = rawValue }

  /// Reads the number in a sequence: 1 for none.
  init(code: Int) { rawValue = max(0, code - 1) }

  private var isAlt: Bool { contains(.alt) || contains(.meta) }

  func key(_ name: Key.Named) -> Key {
    if name == .tab, contains(.shift) { return .named(.backTab) }
    if contains(.control) { return .controlNamed(name) }
    if isAlt { return .altNamed(name) }
    if contains(.shift), name != .backTab { return .shiftNamed(name) }
    return .named(name)
  }

  /// Makes a key of its character's code, for CSI u and modifyOtherKeys.
  func key(code: Int) -> Key? {
    switch code {
    case 13, 57_414: return key(.enter)
    case 9: return key(.tab)
    case 27: return key(.escape)
    case 8, 127: return key(.backspace)
    default: break
    }
    // Kitty names keys in the private use area that mean nothing here.
    guard code >= 0x20, !(57_344...63_743).contains(code),
      let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init)
    else { return nil }
    if contains(.control) { return Self.control(scalar).map { Key.control($0) } }
    let character = contains(.shift) ? shifted(scalar) : Character(scalar)
    return isAlt ? .alt(character) : .character(character)
  }

  private static func control(_ scalar: Unicode.Scalar) -> Character? {
    switch scalar {
    case "a"..."z", "@", "[", "\\", "]", "^", "_", "?": Character(scalar)
    case "A"..."Z": Character(Unicode.Scalar(UInt8(scalar.value + 0x20)))
    case " ": "@"
    default: nil
    }
  }

  /// The shifted letter. Some terminals tell the key and Shift, others the letter that comes of them.
  private func shifted(_ scalar: Unicode.Scalar) -> Character {
    let upper = scalar.properties.uppercaseMapping
    return upper.count == 1 ? Character(upper) : Character(scalar)
  }
}
