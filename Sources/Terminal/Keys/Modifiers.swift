import Repl

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
