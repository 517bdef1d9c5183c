/// Keeps this process alive when it writes to one that has just ended: the end is the other's, not ours.
///
/// A program that handles the signal itself keeps its handler.
public func ignoreBrokenPipes() {
  guard let former = signal(SIGPIPE, SIG_IGN) else { return }  // there was no handler
  signal(SIGPIPE, former)
}
