/// What is seen of a pane of text, and what is looked for in it.
struct TextView: Sendable {
  var viewport = Viewport()
  var finder: Finder?
  /// The line that the search found last.
  var found: Int?
  /// Lines before this one were on the screen.
  var seenEnd = 0
}
