/// Which revision a client wants to speak.
public enum ProtocolChoice: Sendable, Hashable {
  /// The newest that both know: asks by `server/discover` and falls back to `initialize`.
  case auto
  /// This one or none.
  case revision(Revision)
}
