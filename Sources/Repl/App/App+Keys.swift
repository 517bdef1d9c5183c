internal import TerminalText
internal import Traffic

extension App {
  /// The contexts in which a key is looked up, in this order.
  var contexts: [KeyContext] {
    if question != nil { return [.question] }
    if search != nil { return [.search] }
    if palette != nil { return [.palette, .anywhere] }
    if help != nil { return [.help, .anywhere] }
    switch focus {
    case .pane where message != nil: return [.message, .anywhere]
    case .pane(.traffic): return [.traffic, .panes, .anywhere]
    case .pane: return [.panes, .anywhere]
    case .prompt where prompt.isSearching: return [.historySearch, .anywhere]
    case .prompt where prompt.completions != nil: return [.completions, .prompt, .anywhere]
    case .prompt: return [.prompt, .anywhere]
    }
  }

  mutating func press(_ key: Key) -> [AppAction] {
    if case .mouse(let mouse, let position) = key {
      point(mouse, at: position)
      return []
    }
    for context in contexts {
      if let command = CommandTable.command(for: key, in: context) {
        return perform(command.id, in: context)
      }
    }
    return type(key)
  }

  /// Gives a key that is no command to the part of the screen that takes text.
  private mutating func type(_ key: Key) -> [AppAction] {
    switch (contexts.first, key) {
    case (.question, .control("c")):
      question = nil
    case (.search, .character(let character)): search?.text.append(character)
    case (.search, .paste(let text)): search?.text += text.split(whereSeparator: \.isNewline).first ?? ""
    case (.search, .control("c")): search = nil
    case (.palette, .character(let character)): palette?.type(String(character))
    case (.palette, .paste(let text)): palette?.type(text)
    case (.prompt, .paste(let text)), (.completions, .paste(let text)), (.historySearch, .paste(let text)):
      prompt.completions = nil
      return [.edit(.insert(text))]
    case (.prompt, _), (.historySearch, _): return [.edit(.press(key))]
    case (.completions, .character(let character))
    where character.isLetter || character.isNumber || character == "_":
      return [.edit(.press(key))]
    case (.completions, .named(.backspace)): return [.edit(.press(key))]
    case (.completions, _):
      prompt.completions = nil
      return [.edit(.press(key))]
    default: break
    }
    return []
  }

  /// Answers the mouse: the wheel scrolls the pane under it, a press moves the focus there.
  private mutating func point(_ mouse: Key.Mouse, at position: Position) {
    switch mouse {
    case .wheelUp, .wheelDown:
      let rows = mouse == .wheelUp ? -3 : 3
      if message != nil || help != nil {
        scroll(by: rows)
      } else if let area = layout.area(at: position) {
        scroll(by: rows, pane: area.shown)
      }
    case .press where message == nil && help == nil && palette == nil && question == nil:
      guard let area = layout.area(at: position) else {
        if layout.prompt.contains(position) { focus = .prompt }
        return
      }
      if area.header.contains(position), let pane = tab(of: area, at: position) {
        show(pane)
      } else if area.shown == .traffic, area.body.contains(position) {
        let window = traffic.window(rows: area.body.rows)
        let place = window.lowerBound + position.row - area.body.row
        if window.contains(place), let number = traffic.list[place] {
          traffic.select(number, rows: area.body.rows)
        }
        focus = .pane(.traffic)
      } else {
        focus = .pane(area.shown)
      }
    case .press, .release: break
    }
  }
}
