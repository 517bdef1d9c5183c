internal import TerminalText

/// A part of the screen that gets events before what lies below it.
///
/// Its state lives in the layer. A new mode is a new layer: one file, its rows in ``CommandTable``, and the
/// command that opens it.
protocol Layer: Sendable {
  /// The place among the layers, whichever was opened first.
  func level(_ focus: Focus) -> LayerLevel

  /// True when it is drawn in the place of the panes.
  var coversPanes: Bool { get }

  /// True when Ctrl-C closes it.
  var endsAtInterrupt: Bool { get }

  /// The contexts in which a key is looked up while this is the top layer, in this order.
  func contexts(in app: App) -> [KeyContext]

  /// Does what an event wants of this layer.
  ///
  /// - Parameter app: the application. Its copy of this layer is replaced by this one afterwards, if it is
  ///   still open.
  mutating func handle(_ event: LayerEvent, in app: inout App) -> Outcome

  func draw(on canvas: inout Canvas, in app: App)

  /// The text at the left of the line above the prompt; nil leaves the room to the layer below.
  func note(in app: App) -> Line?

  /// The place in a text that scrolls, in words; nil leaves the room to the layer below.
  func place(in app: App) -> String?
}

extension Layer {
  var coversPanes: Bool { false }
  var endsAtInterrupt: Bool { false }
  func draw(on canvas: inout Canvas, in app: App) {}
  func note(in app: App) -> Line? { nil }
  func place(in app: App) -> String? { nil }
}

/// The places of the layers, from bottom to top.
enum LayerLevel: Int, Sendable, Hashable {
  /// The prompt lies below the panes while one of them has the focus.
  case promptWithoutFocus
  case panes, message, prompt, plots, image, tour, help, palette, search, question
}

/// An event that goes from the top layer downwards until one takes it.
enum LayerEvent: Sendable, Hashable {
  /// A command that a key, the palette or the prompt chose.
  case command(Command.ID)
  /// A key that means no command in the contexts of the top layer.
  case text(Key)
  case mouse(Key.Mouse, Position)
  /// A text to find from now on; nil ends the search.
  case find(Finder?)
}

/// The answer of a layer to an event.
enum Outcome {
  case taken([AppAction] = [])
  /// The event is for the layer below.
  case left
}

/// The open layers, at most one of each type.
struct LayerStack: Sendable {
  private struct Entry: Sendable {
    /// The number that tells a layer from one that was opened later in its place.
    let id: Int
    var layer: any Layer
  }

  private var entries: [Entry] = []
  private var lastID = 0

  init(_ layers: [any Layer]) {
    for layer in layers { open(layer) }
  }

  /// Opens a layer, in the place of an open one of its type.
  mutating func open(_ layer: some Layer) {
    lastID += 1
    close { type(of: $0) == type(of: layer) }
    entries.append(Entry(id: lastID, layer: layer))
  }

  mutating func close(where isMeant: (any Layer) -> Bool) {
    entries.removeAll { isMeant($0.layer) }
  }

  mutating func close<Closed: Layer>(_ type: Closed.Type) {
    close { $0 is Closed }
  }

  /// The open layer of a type.
  subscript<Wanted: Layer>(_ type: Wanted.Type) -> Wanted? {
    for entry in entries { if let layer = entry.layer as? Wanted { return layer } }
    return nil
  }

  /// All layers with their numbers, from top to bottom.
  func fromTop(_ focus: Focus) -> [(id: Int, layer: any Layer)] {
    entries.map { ($0.id, $0.layer) }
      .sorted { $0.layer.level(focus).rawValue > $1.layer.level(focus).rawValue }
  }

  /// Puts back a layer that has handled an event, if it is still open.
  mutating func update(_ layer: any Layer, id: Int) {
    guard let index = entries.firstIndex(where: { $0.id == id }) else { return }
    entries[index].layer = layer
  }
}
