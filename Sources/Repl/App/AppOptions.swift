/// How the application begins.
public struct AppOptions: Sendable, Hashable {
  /// The panes' places.
  public var layout: LayoutMode
  /// A terminal that can show nothing but ASCII.
  public var isASCII: Bool
  /// What to add to UTC for the times of messages.
  public var secondsFromGMT: Int
  /// What is shown in the console first.
  public var greeting: String
  /// Whether the terminal has the colours for pictures made of cells.
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
