internal import MCP
internal import SystemSupport
internal import TerminalText
internal import Traffic

extension App {
  mutating func refuse(_ sentence: String) -> [AppAction] {
    console.say(sentence, .errorText)
    return []
  }

  mutating func perform(
    _ command: (ImageGallery) throws(CommandError) -> ImageCommand
  ) -> [AppAction] {
    do {
      return [.image(try command(images))]
    } catch {
      return refuse(error.message)
    }
  }

  mutating func save(to path: String) -> [AppAction] {
    let text =
      if path.hasSuffix(".py") {
        console.blocks.filter { $0.absence == nil }.map { $0.code + "\n" }.joined()
      } else if path.hasSuffix(".jsonl") {
        String(decoding: traffic.log.trace, as: UTF8.self)
      } else {
        console.plainText
      }
    return [.save(path: path, text: text)]
  }

  /// The pane whose name begins with the argument; without one, the pane that was wanted last.
  private func pane(named name: String) -> Pane? {
    if name.isEmpty { return recent.first }
    return Pane.allCases.first { $0.rawValue == name.lowercased() }
  }

  private mutating func refusePane(_ name: String) {
    let names = Pane.allCases.map(\.rawValue).joined(separator: ", ")
    console.say("There is no pane \"\(name)\"; there are \(names).", .errorText)
  }

  /// The word that `:clear` takes for every pane.
  static let allPanes = "all"

  mutating func clear(_ name: String) {
    if name == Self.allPanes { return Pane.allCases.forEach { empty($0) } }
    guard let pane = pane(named: name) else { return refusePane(name) }
    empty(pane)
  }

  private mutating func empty(_ pane: Pane) {
    switch pane {
    case .console: console.removeAll()
    case .traffic: traffic.removeAll()
    case .standardOutput, .standardError, .server: streams[pane]?.removeAll()
    }
    views[pane] = TextView()
  }

  mutating func arrange(as name: String) {
    if name.isEmpty {
      let modes = LayoutMode.allCases
      let index = modes.firstIndex(of: layoutMode) ?? 0
      layoutMode = modes[(index + 1) % modes.count]
    } else if let mode = LayoutMode(rawValue: name) {
      layoutMode = mode
    } else {
      let names = LayoutMode.allCases.map(\.rawValue).joined(separator: ", ")
      console.say("There is no layout \"\(name)\"; there are \(names).", .errorText)
      return
    }
    zoomed = nil
    say("Layout: \(layoutMode.rawValue)")
  }

  mutating func setFilter(_ text: String) {
    do {
      traffic.apply(try Filter(text))
      show(.traffic)
      say(
        text.isEmpty
          ? "All messages are shown." : "\(traffic.list.count) of \(traffic.log.count) messages match.")
    } catch {
      console.say("\(error)", .errorText)
    }
  }

  mutating func trace(to path: String) -> [AppAction] {
    if path.isEmpty, tracePath == nil { return refuse("No trace is being written; :trace FILE begins one.") }
    tracePath = path.isEmpty ? nil : path
    return [.trace(path: tracePath)]
  }

  /// Sends one message unchecked. Only its line ends matter, because one message is one line.
  mutating func send(_ text: String) -> [AppAction] {
    if case .replaying = server { return refuse("This is a saved session; there is no server.") }
    guard text.contains(where: \.isNewline) else { return text.isEmpty ? [] : [.send(text)] }
    do {
      return [.send(try JSON(parsing: text.utf8).text)]
    } catch {
      return refuse("A message of several lines must be JSON to be sent as one: \(error)")
    }
  }

  mutating func call(_ argument: String) -> [AppAction] {
    let name = argument.prefix { !$0.isWhitespace }
    let rest = argument[name.endIndex...]
    if rest.allSatisfy(\.isWhitespace) { return [.callTool(name: String(name), arguments: [:])] }
    do {
      guard case .object(let arguments) = try JSON(parsing: rest.utf8) else {
        return refuse("The arguments must be a JSON object, such as {\"name\": 1}.")
      }
      return [.callTool(name: String(name), arguments: arguments)]
    } catch {
      return refuse("The arguments are not JSON: \(error)")
    }
  }

  mutating func copy(_ what: String) -> [AppAction] {
    if what.isEmpty || what == "value" {
      guard let lastValue else { return refuse("There is no value yet; :copy PANE copies a pane's text.") }
      return copied(lastValue)
    }
    switch pane(named: what) {
    case .traffic?: return copied(String(decoding: traffic.log.trace, as: UTF8.self))
    case let pane?: return copied(ring(of: pane)?.plainText ?? "")
    case nil:
      refusePane(what)
      return []
    }
  }

  mutating func copied(_ text: String) -> [AppAction] {
    say("Copied \(Numbers.bytes(text.utf8.count)).")
    return [.copy(text)]
  }
}
