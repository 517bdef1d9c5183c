/// The visible part of a pane of text, and the search in it.
struct TextView: Sendable {
  var viewport = Viewport()
  var finder: Finder?
  /// The line that the search found last.
  var found: Int?
  /// The first line that has never been on the screen.
  var seenEnd = 0
}
