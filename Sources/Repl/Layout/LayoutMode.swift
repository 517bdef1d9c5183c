/// The way in which the panes share the screen.
public enum LayoutMode: String, Sendable, Hashable, CaseIterable {
  /// The size decides: everything on a wide terminal, tabs on others.
  case automatic = "auto"
  /// One pane is shown at a time.
  case tabs
  /// The console is above, one of the others below.
  case split
  /// The console is on the left; stdout, stderr and the traffic are on the right.
  case all
}
