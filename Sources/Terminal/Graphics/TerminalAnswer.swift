public import TerminalText

/// A terminal's answer to a question of ours. It comes among the keys.
public enum TerminalAnswer: Sendable, Hashable {
  /// The terminal's name and version (XTVERSION), such as `kitty(0.35.2)`.
  case name(String)
  /// The numbers of its abilities (DA1).
  case attributes([Int])
  /// The size of a cell in pixels.
  case cell(width: Int, height: Int)
  /// The colour of its background (OSC 11).
  case background(TextLook.Colour)

  /// The questions. All terminals answer the last, so that nothing else comes after its answer.
  static let questions = "\u{1b}[>q\u{1b}[16t\u{1b}[c"

  /// The longest answer in a message, in bytes.
  static let longest = 256

  /// True when a message can still become an answer. A longer one is something else.
  static func isBegun(by message: [UInt8], introducer: UInt8) -> Bool {
    let beginning = introducer == UInt8(ascii: "]") ? "11;" : introducer == UInt8(ascii: "P") ? ">|" : nil
    return message.count <= longest && beginning.map { message.starts(with: $0.utf8) } == true
  }

  /// - Parameters:
  ///   - message: The bytes between the introducer and the end.
  ///   - introducer: The letter after the escape: `P` (DCS), `]` (OSC) and others.
  init?(message: [UInt8], introducer: UInt8) {
    guard Self.isBegun(by: message, introducer: introducer) else { return nil }
    if introducer == UInt8(ascii: "P") {
      self = .name(String(decoding: message.dropFirst(2), as: UTF8.self))
    } else if let colour = TextLook.Colour(backgroundAnswer: message) {
      self = .background(colour)
    } else {
      return nil
    }
  }

  init?(_ sequence: ControlSequence) {
    let numbers = sequence.parameters.map { $0.first ?? nil }
    switch (sequence.marker, sequence.final) {
    case (UInt8(ascii: "?"), UInt8(ascii: "c")): self = .attributes(numbers.compactMap(\.self))
    case (nil, UInt8(ascii: "t")):
      guard numbers.count == 3, numbers[0] == 6, let height = numbers[1], let width = numbers[2],
        (1...200).contains(width), (1...400).contains(height)
      else { return nil }
      self = .cell(width: width, height: height)
    default: return nil
    }
  }
}

/// The facts about a terminal that decide how it shows pictures.
public struct TerminalIdentity: Sendable, Hashable {
  /// The name in small letters; empty for an unknown one.
  public var name: String
  /// The numbers of the version.
  public var version: [Int]

  /// - Parameter answer: the answer to XTVERSION: `kitty(0.35.2)`, `ghostty 1.1.3`.
  public init(answer: String) {
    let words = answer.lowercased().split { " ()".contains($0) }
    name = words.first.map(String.init) ?? ""
    version = (words.dropFirst().first ?? "").split { ".-+".contains($0) }.prefix { Int($0) != nil }
      .compactMap { Int($0) }
  }

  /// The first versions with placeholders (kitty's changelog; Ghostty's pull request 2015, before its first version).
  private static let withPlaceholders: [String: [Int]] = ["kitty": [0, 28], "ghostty": [1]]

  /// True for a terminal that is known to draw kitty's Unicode placeholders. Others print them as strange letters.
  public var drawsPlaceholders: Bool {
    guard let first = Self.withPlaceholders[name] else { return false }
    return !version.lexicographicallyPrecedes(first)
  }

  /// True for a terminal that takes pictures in the protocol of iTerm2.
  public var knowsITerm2: Bool { ["iterm2", "wezterm", "mintty"].contains(name) }
}
