/// The state that a run leaves for the next one of its session.
public enum StateMode: String, Sendable, CaseIterable {
  /// Each run gets fresh globals in the session's interpreter.
  case reset
  /// Variables live from run to run.
  case keep
  /// Each run gets a new interpreter.
  case fresh
}
