import CTerminal

/// The C library's locale, which libedit and ncurses share.
enum TerminalLocale {
  private static let adopted: Void = ct_locale_adopt()

  /// Takes the locale from the environment, once in the process.
  static func adopt() { _ = adopted }
}
