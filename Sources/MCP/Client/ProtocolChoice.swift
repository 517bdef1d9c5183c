/// The revision that a client wants to speak.
public enum ProtocolChoice: Sendable, Hashable {
  /// The newest that both know: the client asks by `server/discover` and falls back to `initialize`.
  case auto
  /// This revision or none.
  case revision(Revision)
}
