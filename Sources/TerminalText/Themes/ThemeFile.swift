/// The reason why a theme cannot be had, as a sentence.
public struct ThemeError: Error, Hashable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

extension Theme {
  /// Reads a theme of the user's own. Each line gives an ink its look, such as `error = 203 bold`.
  ///
  /// A line `base = light` names the theme for all other inks; without one it is ``dark``.
  ///
  /// - Parameter path: the file's name, for errors.
  public init(file text: String, path: String) throws(ThemeError) {
    self = .dark
    for (index, row) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
    {
      let line = row.drop { $0.isWhitespace }
      if line.isEmpty || line.first == ";" || line.hasPrefix("# ") || line == "#" { continue }
      do {
        try take(line)
      } catch {
        throw ThemeError("\(path), line \(index + 1): \(error)")
      }
    }
    name = path
  }

  private mutating func take(_ line: Substring) throws(ThemeError) {
    let sides = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2 else {
      throw ThemeError("expected INK = LOOK, such as error = 203 bold, not \"\(line)\".")
    }
    let words = sides[1].split(whereSeparator: \.isWhitespace)
    guard let key = sides[0].split(whereSeparator: \.isWhitespace).first, !words.isEmpty else {
      throw ThemeError("expected INK = LOOK, such as error = 203 bold, not \"\(line)\".")
    }
    if key == "base" {
      guard words.count == 1, let base = Self.builtIn.first(where: { $0.name == words[0] }) else {
        throw ThemeError("expected base = \(Self.names), not \"\(words.joined(separator: " "))\".")
      }
      self = base
      return
    }
    guard let ink = Ink(rawValue: String(key)) else {
      let inks = Ink.allCases.map(\.rawValue).joined(separator: ", ")
      throw ThemeError("there is no ink \"\(key)\"; expected base or one of \(inks).")
    }
    set(ink, to: try TextLook(words: words))
  }

  static var names: String { builtIn.map(\.name).joined(separator: ", ") }
}

extension TextLook {
  private static let attributeNames: [Substring: Attributes] = [
    "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
  ]

  /// Reads a look such as `white on 24 bold`.
  fileprivate init(words: [Substring]) throws(ThemeError) {
    self.init()
    var rest = words[...]
    while let word = rest.popFirst() {
      if let attribute = Self.attributeNames[word] {
        attributes.insert(attribute)
      } else if word == "on" {
        guard let paper = rest.popFirst() else { throw ThemeError("expected a colour after \"on\".") }
        background = try Colour(word: paper)
      } else {
        foreground = try Colour(word: word)
      }
    }
  }
}

extension TextLook.Colour {
  private static let names: [Substring] = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
  ]

  /// Reads a colour; nil is the terminal's own.
  fileprivate init?(word: Substring) throws(ThemeError) {
    if word == "default" { return nil }
    let isBright = word.hasPrefix("bright-")
    if let index = Self.names.firstIndex(of: isBright ? word.dropFirst(7) : word) {
      self = .palette(UInt8(index + (isBright ? 8 : 0)))
    } else if let number = UInt8(word) {
      self = .palette(number)
    } else if word.first == "#", word.count == 7, let number = UInt32(word.dropFirst(), radix: 16) {
      self = .rgb(
        red: UInt8(number >> 16), green: UInt8(number >> 8 & 0xFF), blue: UInt8(number & 0xFF))
    } else {
      throw ThemeError(
        "\"\(word)\" is no look; expected a colour (0 to 255, #rrggbb, default, \(Self.names.joined(separator: ", ")), "
          + "bright-red …), on COLOUR, bold, dim, italic, underline or reverse.")
    }
  }
}

/// The user's wish for a theme.
public enum ThemeChoice: Sendable, Hashable {
  /// Light or dark, as the terminal's background is.
  case automatic
  case fixed(Theme)

  /// - Parameters:
  ///   - wish: `auto`, a theme's name, or the path of a file.
  ///   - read: gives the text of a file; nil when it cannot be read.
  public init(_ wish: String, reading read: (String) -> String?) throws(ThemeError) {
    if wish == "auto" {
      self = .automatic
    } else if let theme = Theme.builtIn.first(where: { $0.name == wish }) {
      self = .fixed(theme)
    } else if let text = read(wish) {
      self = .fixed(try Theme(file: text, path: wish))
    } else {
      throw ThemeError(
        "The theme \"\(wish)\" is none of auto, \(Theme.names), and no file of that name can be read.")
    }
  }

  /// The theme before the terminal has told its background.
  ///
  /// - Parameter colourFGBG: the variable `COLORFGBG`, which some terminals set, such as `15;0`.
  public func theme(colourFGBG: String?) -> Theme {
    switch self {
    case .fixed(let theme): return theme
    case .automatic:
      guard let paper = colourFGBG?.split(separator: ";").last.flatMap({ Int($0) }) else { return .dark }
      // These are white and the bright colours; 8 is a dark grey.
      return paper == 7 || (9...15).contains(paper) ? .light : .dark
    }
  }
}

extension Theme {
  /// The theme for a background.
  public static func suiting(_ background: TextLook.Colour) -> Theme {
    guard case .rgb(let red, let green, let blue) = background else { return .dark }
    // These are the weights of the eye for the three colours (ITU-R BT.709).
    let brightness = 0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)
    return brightness > 127 ? .light : .dark
  }
}
