internal import Pictures
public import TerminalText

/// One image, as large as the screen.
struct ImageView: Layer {
  private(set) var number: Int

  let coversPanes = true
  let endsAtInterrupt = true

  /// Shows an image; nil after a word to the user when there is none.
  init?(_ number: Int?, in app: inout App) {
    do {
      self.number = try app.images.image(number).number
    } catch {
      app.say(error.message, .warning)
      return nil
    }
  }

  func level(_ focus: Focus) -> LayerLevel { .image }

  func contexts(in app: App) -> [KeyContext] { [.image, .anywhere] }

  mutating func handle(_ event: LayerEvent, in app: inout App) -> Outcome {
    switch event {
    case .command(.dismiss), .command(.enlarge): app.layers.close(ImageView.self)
    case .command(.nextImage): step(by: 1, in: &app)
    case .command(.previousImage): step(by: -1, in: &app)
    case .command(.openImage):
      return .taken(app.perform { images throws(CommandError) in try .open("\(number)", from: images) })
    case .command(.saveShownImage):
      let command = app.beginCommand(.saveImage, argument: "\(number) image-\(number).png")
      if !command.isEmpty { app.layers.close(ImageView.self) }
      return .taken(command)
    case .text, .mouse: break
    case .command, .find: return .left
    }
    return .taken()
  }

  private mutating func step(by step: Int, in app: inout App) {
    let numbers = app.images.all.map(\.number)
    guard let index = numbers.firstIndex(of: number) else { return }
    guard numbers.indices.contains(index + step) else {
      return app.say(step > 0 ? "This is the last image." : "This is the first image.")
    }
    number = numbers[index + step]
  }

  func draw(on canvas: inout Canvas, in app: App) {
    canvas.put([], in: app.layout.panes)
    guard let image = try? app.images.image(number) else { return }
    let area = app.layout.panes
    let title: Line = [
      Span(" \(image.caption) ", .tabActive), Span(" Esc closes, n and p go on, S saves, o opens ", .dim),
    ]
    canvas.put(title, at: area.origin, columns: area.columns)
    let room = Self.room(in: app)
    let lines = app.enlarged(image, in: room.size)
    let width = lines.map(\.width).max() ?? 0
    let left = max(0, (room.columns - width) / 2)
    let top = max(0, (room.rows - lines.count) / 2)
    let place = Rect(column: room.column + left, row: room.row + top, columns: width, rows: lines.count)
    canvas.put(lines, in: place)
  }

  /// The room for the picture.
  static func room(in app: App) -> Rect {
    let area = app.layout.panes
    return Rect(column: area.column, row: area.row + 1, columns: area.columns, rows: max(0, area.rows - 1))
  }

  func place(in app: App) -> String? {
    "image \(number) of \(app.images.all.last?.number ?? number)"
  }
}

/// A picture that the terminal keeps, and the cells that stand for it.
public struct ShownPlaceholders: Sendable {
  public let image: SessionImage
  public let cells: Placeholders
}

/// A picture that lies over blank cells of the frame.
public struct LaidPicture: Sendable, Hashable {
  public let image: SessionImage
  /// The place of the area's first cell, in which the picture shall lie.
  public let position: Position
  public let area: Size
}

extension App {
  /// - Parameter argument: the number of an image; empty for the last one.
  mutating func enlarge(_ argument: String) {
    let number = Int(argument)
    guard argument.isEmpty || number != nil else {
      return console.say("\":enlarge\" wants the number of an image, not \"\(argument)\".", .errorText)
    }
    if let view = ImageView(number, in: &self) { layers.open(view) }
  }

  /// The rows of an image that is shown large; none where it is laid over the cells.
  func enlarged(_ image: SessionImage, in room: Size) -> [Line] {
    switch means {
    case .placeholders: largePlaceholders(of: image, in: room)?.lines ?? []
    case .overlay where image.png != nil: []
    case .none: [[Span("This terminal shows no pictures; o opens the image elsewhere.", .notice)]]
    case .cells, .overlay: previews[image.number]?.enlarged(room) ?? []
    }
  }

  private func largePlaceholders(of image: SessionImage, in room: Size) -> Placeholders? {
    guard case .placeholders(let seed) = means, let png = image.png else { return nil }
    let size = cell.cells(width: png.width, height: png.height, in: room, isEnlarged: true)
    // The mark differs from image to image, so that the terminal does not show the one before.
    let mark = PlaceholderID(image: image.number, seed: seed).mark
    return Placeholders(
      id: PlaceholderID(colour: PlaceholderID.enlarged, mark: mark), columns: size.columns, rows: size.rows)
  }

  /// True when the terminal has the colours for pictures.
  public var drawsPictures: Bool { options.drawsPictures }

  /// All pictures that the terminal must keep for the frame as it is now.
  public var placeholders: [ShownPlaceholders] {
    guard case .placeholders = means else { return [] }
    var all = images.all.compactMap { image in
      previews[image.number]?.placeholders(columns: size(of: .console).columns).map {
        ShownPlaceholders(image: image, cells: $0)
      }
    }
    if let view = layers[ImageView.self], let image = try? images.image(view.number),
      let large = largePlaceholders(of: image, in: ImageView.room(in: self).size)
    {
      all.append(ShownPlaceholders(image: image, cells: large))
    }
    return all
  }

  /// The picture that lies over the frame as it is now.
  public var laidPicture: LaidPicture? {
    guard means == .overlay, let view = seenInPanesPlace as? ImageView, layersFromTop.first is ImageView,
      !layout.isTooSmall, let image = try? images.image(view.number), image.png != nil
    else { return nil }
    let room = ImageView.room(in: self)
    return LaidPicture(image: image, position: room.origin, area: room.size)
  }
}
