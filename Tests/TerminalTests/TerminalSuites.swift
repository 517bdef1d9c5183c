import Testing

/// Tests of what a process has only one of: the screen of ncurses, the handlers of signals.
@Suite(.serialized, .timeLimit(.minutes(1))) enum TerminalSuites {}
