/// For what writes to processes: one may end just when it is written to; that is its end, not ours.
///
/// A program that handles the signal itself keeps its handler.
public func ignoreBrokenPipes() {
  guard let former = signal(SIGPIPE, SIG_IGN) else { return }  // there was no handler
  signal(SIGPIPE, former)
}
