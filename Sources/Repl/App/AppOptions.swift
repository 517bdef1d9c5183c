/// The choices with which the application begins.
public struct AppOptions: Sendable, Hashable {
  /// The arrangement of the panes.
  public var layout: LayoutMode
  /// True for a terminal that can show nothing but ASCII.
  public var isASCII: Bool
  /// The seconds to add to UTC for the times of messages.
  public var secondsFromGMT: Int
  /// The text that the console shows first.
  public var greeting: String
  /// True when the terminal has the colours for pictures made of cells.
  public var drawsPictures: Bool

  public init(
    layout: LayoutMode = .automatic, isASCII: Bool = false, secondsFromGMT: Int = 0, greeting: String = "",
    drawsPictures: Bool = false
  ) {
    self.layout = layout
    self.isASCII = isASCII
    self.secondsFromGMT = secondsFromGMT
    self.greeting = greeting
    self.drawsPictures = drawsPictures
  }
}
