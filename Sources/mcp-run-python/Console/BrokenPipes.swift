import SystemSupport

/// For commands that hold an interpreter: it may end just when it is written to; that is its end, not ours.
func ignoreBrokenPipes() {
  signal(SIGPIPE, SIG_IGN)
}
