import Pictures
import TerminalText

/// The colours that a terminal has, and may use.
public enum ColourDepth: Sendable, Hashable, CaseIterable {
  /// The terminal has no colours, or must not use them.
  case mono
  case eight
  case sixteen
  case palette
  /// Colours of 24 bits.
  case full

  /// - Parameter count: the number of colours that terminfo knows of.
  init(count: Int) {
    switch count {
    case 256...: self = .palette
    case 16...: self = .sixteen
    case 8...: self = .eight
    default: self = .mono
    }
  }

  /// Judges by the environment of a terminal that may use colours.
  init(environment: [String: String]) {
    let type = environment["TERM"] ?? ""
    let names = ["256color", "direct", "kitty", "ghostty", "alacritty", "foot", "wezterm", "contour"]
    if ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") {
      self = .full
    } else {
      self = names.contains(where: type.contains) ? .palette : .sixteen
    }
  }

  /// The nearest colour that the terminal has; nil where it has none.
  func nearest(to colour: TextLook.Colour) -> TextLook.Colour? {
    switch (self, colour) {
    case (.mono, _): nil
    case (.full, _), (.palette, .palette), (_, .palette(0..<8)), (.sixteen, .palette(8..<16)): colour
    case (.palette, .rgb(let red, let green, let blue)):
      .palette(UInt8(XtermPalette.nearest(to: Pixels.Colour(red: red, green: green, blue: blue))))
    // The darker colour of the same name.
    case (.eight, .palette(8..<16)): .palette(colour.number - 8)
    case (.eight, _): .palette(colour.nearest(among: 8))
    case (.sixteen, _): .palette(colour.nearest(among: 16))
    }
  }
}

extension TextLook.Colour {
  /// The first 16 colours as xterm has them.
  private static let first: [(Int, Int, Int)] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
    (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255),
    (255, 0, 255), (0, 255, 255), (255, 255, 255),
  ]

  /// The number in the palette; 0 for a colour that has none.
  fileprivate var number: UInt8 {
    if case .palette(let number) = self { number } else { 0 }
  }

  /// The number of the nearest of the first colours.
  fileprivate func nearest(among count: Int) -> UInt8 {
    let (red, green, blue) = parts
    func distance(_ other: (Int, Int, Int)) -> Int {
      let (red, green, blue) = (red - other.0, green - other.1, blue - other.2)
      return red * red + green * green + blue * blue
    }
    let nearest = (0..<count).min { distance(Self.first[$0]) < distance(Self.first[$1]) }
    return UInt8(nearest ?? 0)
  }

  private var parts: (Int, Int, Int) {
    switch self {
    case .rgb(let red, let green, let blue): return (Int(red), Int(green), Int(blue))
    case .palette(let number) where number < XtermPalette.first: return Self.first[Int(number)]
    case .palette(let number):
      let colour = XtermPalette[Int(number)]
      return (Int(colour.red), Int(colour.green), Int(colour.blue))
    }
  }
}
