import CTerminal
import TerminalText

/// The keys as libedit gets them. Keys that are no characters become C1 control characters, which nobody
/// types. A command that waits for a character then gets one, and never the rest of an escape sequence as
/// text.
enum HiddenEditorKeys {
  static let escape: UInt32 = 0x1b
  static let enter: UInt32 = 0x0d
  static let tab: UInt32 = 0x09
  static let backspace: UInt32 = 0x7f
  static let external: UInt32 = 0x90
  static let setMark: UInt32 = 0x91
  static let killRegion: UInt32 = 0x92
  /// This key's command tells in which of vi's modes it is.
  static let mode: UInt32 = 0x93

  /// A key with a C1 character, and its command unless the user has bound its sequence to another one.
  private struct Special {
    var scalar: UInt32
    var command: String
    var sequence: String
    var keys: [Key]
  }

  private static let specials = [
    Special(
      scalar: 0x81, command: "ed-prev-char", sequence: "\\e[D", keys: [.named(.left), .shiftNamed(.left)]),
    Special(
      scalar: 0x82, command: "ed-next-char", sequence: "\\e[C", keys: [.named(.right), .shiftNamed(.right)]),
    Special(
      scalar: 0x83, command: "repl-up", sequence: "\\e[A", keys: [.named(.up), .shiftNamed(.up)]),
    Special(
      scalar: 0x84, command: "repl-down", sequence: "\\e[B", keys: [.named(.down), .shiftNamed(.down)]),
    Special(
      scalar: 0x85, command: "repl-line-start", sequence: "\\e[H", keys: [.named(.home), .shiftNamed(.home)]),
    Special(
      scalar: 0x86, command: "repl-line-end", sequence: "\\e[F", keys: [.named(.end), .shiftNamed(.end)]),
    Special(
      scalar: 0x87, command: "ed-delete-next-char", sequence: "\\e[3~",
      keys: [.named(.delete), .shiftNamed(.delete)]),
    Special(
      scalar: 0x88, command: "ed-prev-word", sequence: "\\e[1;5D",
      keys: [.controlNamed(.left), .altNamed(.left)]),
    Special(
      scalar: 0x89, command: "em-next-word", sequence: "\\e[1;5C",
      keys: [.controlNamed(.right), .altNamed(.right)]),
    Special(
      scalar: 0x8a, command: "ed-delete-prev-word", sequence: "\\e\\177",
      keys: [.altNamed(.backspace), .controlNamed(.backspace)]),
    Special(
      scalar: 0x8b, command: "em-delete-next-word", sequence: "\\e[3;5~",
      keys: [.controlNamed(.delete), .altNamed(.delete)]),
    Special(
      scalar: 0x8c, command: "ed-move-to-beg", sequence: "\\e[1;5H",
      keys: [.controlNamed(.home), .altNamed(.home)]),
    Special(
      scalar: 0x8d, command: "ed-move-to-end", sequence: "\\e[1;5F",
      keys: [.controlNamed(.end), .altNamed(.end)]),
  ]

  private static let scalars: [Key: UInt32] = Dictionary(
    uniqueKeysWithValues: specials.flatMap { special in special.keys.map { ($0, special.scalar) } })

  /// The replacements of commands that know one line only, draw on the terminal, or leave the screen to
  /// another program.
  private static let substitutes = [
    "ed-prev-history": "repl-up", "ed-next-history": "repl-down",
    "ed-search-prev-history": "repl-older", "ed-search-next-history": "repl-newer",
    "em-inc-search-prev": "repl-search", "ed-redisplay": "repl-search",
    "vi-search-prev": "repl-search", "vi-search-next": "repl-search",
    "vi-repeat-search-prev": "repl-ignore", "vi-repeat-search-next": "repl-ignore",
    "vi-to-history-line": "repl-ignore", "vi-history-word": "repl-ignore",
    "ed-kill-line": "repl-kill-to-line-end",
    "ed-newline": "repl-ignore", "ed-command": "repl-ignore", "vi-histedit": "repl-ignore",
    "ed-quoted-insert": "repl-ignore", "ed-clear-screen": "repl-ignore", "ed-end-of-file": "repl-ignore",
    // libedit does not move its mark with the text, nor see that the mark lies outside of it.
    "em-set-mark": "repl-ignore", "em-exchange-mark": "repl-ignore", "em-kill-region": "repl-ignore",
    "em-copy-region": "repl-ignore",
    // The command brings back the beginning of an earlier block, and at most 1,024 characters of it.
    "vi-undo-line": "repl-ignore",
    // The command leaves the cursor outside of the line.
    "vi-redo": "repl-ignore",
  ]

  /// Further replacements, for vi's insert mode only: in command mode they would take the motions from vi's
  /// operators.
  private static let insertingSubstitutes = [
    "ed-move-to-beg": "repl-line-start", "ed-move-to-end": "repl-line-end",
    "em-kill-line": "repl-kill-to-line-start", "vi-kill-line-prev": "repl-kill-to-line-start",
    "em-delete-prev-char": "repl-erase", "vi-delete-prev-char": "repl-erase",
    "ed-delete-prev-char": "repl-erase",
  ]

  /// The commands for control characters that libedit would insert or ignore.
  private static let additions: [UInt32: String] = [
    0x01: "repl-line-start", 0x05: "repl-line-end", 0x09: "repl-indent", 0x0b: "repl-kill-to-line-end",
    0x0e: "repl-down", 0x10: "repl-up", 0x12: "repl-search", 0x1f: "vi-undo",
  ]

  /// Binds the keys that go beyond libedit's own, around those that the user has bound already.
  static func bind(_ editor: OpaquePointer, isEmacs: Bool) {
    for special in specials { bind(special, editor, isEmacs: isEmacs) }
    substitute(editor, isAlternative: false)
    if isEmacs {
      for sequence in ["\\ex", "\\eX", "\\ew", "\\eW", "\\ep", "\\eP", "\\en", "\\eN", "\\030\\030"] {
        guard let substitute = command(of: sequence, editor).flatMap({ substitutes[$0] }) else { continue }
        ct_editor_bind(editor, sequence, substitute)
      }
    } else {
      substitute(editor, isAlternative: true)
      // Otherwise libedit would wait for the rest of a sequence, and Escape twice would swallow a key.
      ct_editor_bind(editor, "\\033", "vi-command-mode")
      ct_editor_bind_alternative(editor, "\\033", "repl-ignore")
      ct_editor_bind(editor, spelling(mode), "repl-tell-insert")
      ct_editor_bind_alternative(editor, spelling(mode), "repl-tell-command")
    }
    for (scalar, command) in [
      (external, "repl-external"), (setMark, "em-set-mark"), (killRegion, "em-kill-region"),
    ] {
      ct_editor_bind(editor, spelling(scalar), command)
      if !isEmacs { ct_editor_bind_alternative(editor, spelling(scalar), command) }
    }
  }

  private static func bind(_ special: Special, _ editor: OpaquePointer, isEmacs: Bool) {
    var chosen = special.command
    if let bound = command(of: special.sequence, editor), !bound.hasPrefix("ed-sequence") {
      chosen = substitutes[bound] ?? insertingSubstitutes[bound] ?? bound
      // libedit itself binds the arrows, and also the prefix of an unknown sequence.
      if special.command.hasPrefix("ed-move") { chosen = special.command }
    }
    ct_editor_bind(editor, spelling(special.scalar), chosen)
    if !isEmacs { ct_editor_bind_alternative(editor, spelling(special.scalar), chosen) }
  }

  private static func substitute(_ editor: OpaquePointer, isAlternative: Bool) {
    let bind = isAlternative ? ct_editor_bind_alternative : ct_editor_bind
    for scalar in UInt32(0)...255 where !(0x80...0x9f).contains(scalar) {
      let key = spelling(scalar)
      guard let bound = command(of: key, editor, isAlternative: isAlternative) else { continue }
      if let command = substitutes[bound] ?? (isAlternative ? nil : insertingSubstitutes[bound]) {
        bind(editor, key, command)
      } else if !isAlternative, scalar < 0x20, bound == "ed-unassigned" || bound == "ed-insert" {
        bind(editor, key, additions[scalar] ?? "repl-ignore")
      }
    }
  }

  private static func command(
    of key: String, _ editor: OpaquePointer, isAlternative: Bool = false
  ) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      guard let name = buffer.baseAddress,
        ct_editor_binding(editor, key, isAlternative, name, buffer.count)
      else { return nil }
      return String(cString: name)
    }
  }

  /// The spelling of editrc files.
  private static func spelling(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 8)
    return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
  }

  /// True when vi's command mode waits for another key after this one.
  static func awaitsMore(_ key: Key) -> Bool {
    guard case .character(let character) = key else { return false }
    return "cdyrfFtT\"@".contains(character) || character.isNumber
  }

  /// The key's scalars for libedit; none for a key that means nothing to an editor.
  static func scalars(for key: Key, isEmacs: Bool) -> [UInt32] {
    switch key {
    case .character(let character): return typed(character)
    case .control(let character):
      guard let ascii = character.asciiValue, ascii != UInt8(ascii: "?") else { return [] }
      return [UInt32(ascii & 0x1f)]
    case .alt(let character): return [escape] + typed(character)
    case .named(.tab): return [tab]
    case .named(.backspace), .shiftNamed(.backspace): return [backspace]
    case .named(.escape): return isEmacs ? [] : [escape]
    case .named, .altNamed, .controlNamed, .shiftNamed, .paste, .mouse: return scalars[key].map { [$0] } ?? []
    }
  }

  private static func typed(_ character: Character) -> [UInt32] {
    character.unicodeScalars.filter { $0.properties.generalCategory != .control }.map(\.value)
  }
}
