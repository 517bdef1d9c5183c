public import Pictures
internal import Synchronization
internal import TerminalText

/// A picture of an image for the console: a smaller copy, or a figure that was drawn for cells.
public final class ImagePreview: Sendable {
  private enum Content: Sendable {
    case copy(Pixels, width: Int)
    case figure(FigureDrawing, AreaGlyphs)
    case placeholders(PlaceholderID, width: Int, height: Int, CellPixels)
  }

  private struct Drawn: Sendable {
    var columns: Int
    var lines: [Line]
  }

  private let content: Content
  /// The lines for the width that was asked for last. The lock guards them from the tasks that share a preview.
  private let drawn = Mutex<Drawn?>(nil)

  /// The most rows that a copy fills.
  private static let copyRows = 16
  /// The most rows that pixels fill.
  private static let pixelRows = 24

  /// - Parameter width: the image's own width in pixels.
  public init(copy: Pixels, width: Int) {
    content = .copy(copy, width: width)
  }

  public init(figure: FigureDrawing, areas: AreaGlyphs) {
    content = .figure(figure, areas)
  }

  /// - Parameters:
  ///   - width: the image's width in pixels.
  ///   - height: its height.
  init(placeholders id: PlaceholderID, width: Int, height: Int, cell: CellPixels) {
    content = .placeholders(id, width: width, height: height, cell)
  }

  /// The size in memory, in bytes.
  var byteCount: Int {
    switch content {
    case .copy(let pixels, _): pixels.bytes.count
    case .figure(let figure, _): figure.pixels.bytes.count
    case .placeholders: 0
    }
  }

  /// The rows in a console of so many columns.
  func lines(columns: Int) -> [Line] {
    drawn.withLock { drawn in
      if let drawn, drawn.columns == columns { return drawn.lines }
      let lines =
        switch content {
        case .copy(let pixels, let width):
          HalfBlocks(pixels, width: width, columns: columns, rows: Self.copyRows).lines
        case .figure(let figure, let areas): figure.lines(columns: columns, rows: figure.rows, areas: areas)
        case .placeholders: placeholders(columns: columns)?.lines ?? []
        }
      drawn = Drawn(columns: columns, lines: lines)
      return lines
    }
  }
}

extension ImagePreview {
  /// The placeholders in a console of so many columns; nil for a picture made of other cells.
  func placeholders(columns: Int) -> Placeholders? {
    guard case .placeholders(let id, let width, let height, let cell) = content else { return nil }
    let size = cell.cells(width: width, height: height, in: Size(columns: columns, rows: Self.pixelRows))
    return Placeholders(id: id, columns: size.columns, rows: size.rows)
  }

  /// The rows of the picture when it fills a room.
  func enlarged(_ room: Size) -> [Line] {
    switch content {
    case .copy(let pixels, _):
      HalfBlocks(pixels, width: .max / 2, columns: room.columns, rows: room.rows).lines
    case .figure(let figure, let areas):
      figure.lines(columns: room.columns, rows: room.rows, areas: areas, isEnlarged: true)
    case .placeholders: []
    }
  }
}

extension HalfBlocks {
  /// The rows as lines to draw, in the palette of 256 colours.
  fileprivate var lines: [Line] {
    rows.map { row in
      var line: Line = []
      for cell in row {
        let style = Style(
          .picture,
          look: TextLook(
            foreground: .palette(UInt8(XtermPalette.nearest(to: cell.upper))),
            background: .palette(UInt8(XtermPalette.nearest(to: cell.lower)))))
        if line.last?.style == style {
          line[line.count - 1].text += Self.character
        } else {
          line.append(Span(Self.character, style))
        }
      }
      return line
    }
  }
}

extension App {
  /// Takes in an image, and shows it in the console.
  mutating func show(_ mimeType: String, _ bytes: [UInt8], _ preview: ImagePreview?) {
    let image = images.add(mimeType: mimeType, bytes: bytes, run: runs.current?.number)
    let kept = Set(images.all.map(\.number))
    previews = previews.filter { kept.contains($0.key) }
    previews[image.number] =
      switch (means, image.png) {
      case (.none, _): nil
      case (.placeholders(let seed), let png?):
        ImagePreview(
          placeholders: PlaceholderID(image: image.number, seed: seed), width: png.width, height: png.height,
          cell: cell)
      default: preview
      }
    console.shown(image, preview: previews[image.number])
  }
}
