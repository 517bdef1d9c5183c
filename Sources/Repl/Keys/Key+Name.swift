extension Key {
  /// The key's name in help and status line, such as `Ctrl-P`.
  var name: String {
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
    default: rawValue.uppercased()
    }
  }
}
