/// An input of the user at the terminal.
public enum Key: Sendable, Hashable {
  public enum Named: String, Sendable, Hashable, CaseIterable {
    case enter, tab, backTab, escape, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12
  }

  public enum Mouse: Sendable, Hashable {
    case wheelUp, wheelDown, press, release
  }

  /// A character that was typed.
  case character(Character)
  /// Control and a letter (lower case) or one of `@[\]^_?`.
  case control(Character)
  /// Alt and a character; Alt-Enter is `altNamed(.enter)`.
  case alt(Character)
  case named(Named)
  case altNamed(Named)
  case controlNamed(Named)
  case shiftNamed(Named)
  /// A bracketed paste, verbatim but for line ends, which are newlines.
  case paste(String)
  case mouse(Mouse, Position)
}
