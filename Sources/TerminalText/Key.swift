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

extension Key {
  /// The key's name in help and status line, such as `Ctrl-P`.
  public var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "Ctrl-" + character.uppercased()
    case .alt(let character): "Alt-" + String(character)
    case .named(let named): named.title
    case .altNamed(let named): "Alt-" + named.title
    case .controlNamed(let named): "Ctrl-" + named.title
    case .shiftNamed(let named): "Shift-" + named.title
    case .paste: "Paste"
    case .mouse(.wheelUp, _), .mouse(.wheelDown, _): "Wheel"
    case .mouse: "Mouse"
    }
  }
}

extension Key.Named {
  fileprivate var title: String {
    switch self {
    case .enter: "Enter"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .f1, .f2, .f3, .f4, .f5, .f6, .f7, .f8, .f9, .f10, .f11, .f12: rawValue.uppercased()
    }
  }
}
