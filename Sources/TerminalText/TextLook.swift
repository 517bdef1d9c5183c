/// A look that has no role: colours and attributes that a program has chosen for its text, or a picture's.
public struct TextLook: Sendable, Hashable {
  public enum Colour: Sendable, Hashable {
    /// A number in the palette of 256 colours. The first 16 are the user's to choose.
    case palette(UInt8)
    case rgb(red: UInt8, green: UInt8, blue: UInt8)
  }

  public struct Attributes: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let bold = Attributes(rawValue: 1)
    public static let dim = Attributes(rawValue: 2)
    public static let italic = Attributes(rawValue: 4)
    public static let underline = Attributes(rawValue: 8)
    public static let reverse = Attributes(rawValue: 16)
    public static let strike = Attributes(rawValue: 32)
  }

  /// The colour of the text; nil leaves it as it is.
  public var foreground: Colour?
  public var background: Colour?
  public var attributes: Attributes

  public init(foreground: Colour? = nil, background: Colour? = nil, attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  public static let plain = TextLook()
}

extension TextLook {
  /// Takes the parameters of the sequence SGR (ECMA-48, ISO 8613-6), such as `1;38;5;208`. Unknown ones are left out.
  mutating func select(_ parameters: some Sequence<UInt8>) {
    var groups: [[Int?]] = [[nil]]
    for byte in parameters {
      switch byte {
      case UInt8(ascii: ";"): groups.append([nil])
      case UInt8(ascii: ":"): groups[groups.count - 1].append(nil)
      default:
        let last = groups[groups.count - 1].count - 1
        let number = (groups[groups.count - 1][last] ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
        groups[groups.count - 1][last] = min(number, 1000)
      }
    }
    var rest = groups[...]
    while let group = rest.popFirst() { select(group, followedBy: &rest) }
  }

  private mutating func select(_ group: [Int?], followedBy rest: inout ArraySlice<[Int?]>) {
    let number = (group.first ?? nil) ?? 0
    switch number {
    case 0: self = .plain
    case 1: attributes.insert(.bold)
    case 2: attributes.insert(.dim)
    case 3: attributes.insert(.italic)
    // The second number is the kind of the line.
    case 4 where group.count > 1 && group[1] == 0: attributes.remove(.underline)
    case 4, 21: attributes.insert(.underline)
    case 7: attributes.insert(.reverse)
    case 9: attributes.insert(.strike)
    case 22: attributes.subtract([.bold, .dim])
    case 23: attributes.remove(.italic)
    case 24: attributes.remove(.underline)
    case 27: attributes.remove(.reverse)
    case 29: attributes.remove(.strike)
    case 30...37: foreground = .palette(UInt8(number - 30))
    case 38: foreground = Self.colour(group, followedBy: &rest) ?? foreground
    case 39: foreground = nil
    case 40...47: background = .palette(UInt8(number - 40))
    case 48: background = Self.colour(group, followedBy: &rest) ?? background
    case 49: background = nil
    // The colour of the underline is not drawn, but its numbers must not be taken for others.
    case 58: _ = Self.colour(group, followedBy: &rest)
    case 90...97: foreground = .palette(UInt8(number - 90 + 8))
    case 100...107: background = .palette(UInt8(number - 100 + 8))
    default: break
    }
  }

  /// Reads `5;n`, `2;r;g;b`, `5:n`, `2:r:g:b` or `2:space:r:g:b`; nil for a colour that is none.
  private static func colour(_ group: [Int?], followedBy rest: inout ArraySlice<[Int?]>) -> Colour? {
    func byte(_ number: Int?) -> UInt8? { UInt8(exactly: number ?? 0) }
    func rgb(_ numbers: ArraySlice<Int?>) -> Colour? {
      let bytes = numbers.compactMap(byte)
      return bytes.count == 3 ? .rgb(red: bytes[0], green: bytes[1], blue: bytes[2]) : nil
    }
    if group.count > 1 {
      switch group[1] {
      case 5 where group.count > 2: return byte(group[2]).map(Colour.palette)
      case 2 where group.count > 5: return rgb(group[3...5])
      case 2: return rgb(group.dropFirst(2))
      default: return nil
      }
    }
    let kind = rest.popFirst()?.first ?? nil
    let count = kind == 5 ? 1 : kind == 2 ? 3 : 0
    let numbers = rest.prefix(count).map { $0.first ?? nil }
    rest = rest.dropFirst(count)
    if kind == 5 { return numbers.first.flatMap(byte).map(Colour.palette) }
    return kind == 2 ? rgb(numbers[...]) : nil
  }
}
