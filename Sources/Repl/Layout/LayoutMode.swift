/// How the panes share the screen.
public enum LayoutMode: String, Sendable, Hashable, CaseIterable {
  /// As the size allows: everything on a wide terminal, tabs on others.
  case automatic = "auto"
  /// One pane at a time.
  case tabs
  /// The console above, one of the others below.
  case split
  /// The console on the left; stdout, stderr and the traffic on the right.
  case all
}
