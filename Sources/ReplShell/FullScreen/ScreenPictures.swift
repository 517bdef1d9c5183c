import Pictures
import Repl
import SystemSupport
import Terminal
import TerminalText

/// The pictures that the full screen's terminal keeps, and the one that lies over its cells.
struct ScreenPictures {
  /// The way in which a picture is laid over the cells.
  enum Overlay: Sendable {
    case iterm2, sixel
  }

  /// The largest side of a picture that xterm takes, in pixels.
  private static let mostSixels = 1000

  /// True when the sequences go through tmux.
  var isInTmux = false
  var overlay: Overlay?
  var cell = CellPixels.usual
  /// The pictures that the terminal has, each in its size in cells.
  private var kept: [PlaceholderID: KeptPicture] = [:]
  private var laid: LaidPicture?

  private struct KeptPicture: Equatable {
    var image: Int
    var columns: Int
    var rows: Int
  }

  /// Sends the pictures that the next frame needs, and deletes those of images that are gone.
  mutating func prepare(_ wanted: [ShownPlaceholders], _ screen: FullScreen) {
    for picture in wanted {
      let now = KeptPicture(
        image: picture.image.number, columns: picture.cells.columns, rows: picture.cells.rows)
      let id = picture.cells.id
      guard let png = picture.image.png, kept[id] != now else { continue }
      let isThere = kept[id]?.image == now.image
      kept[id] = now
      screen.send(
        PictureEncoding.placed(
          isThere ? nil : png, id: id.number, columns: now.columns, rows: now.rows, inTmux: isInTmux))
    }
    delete(kept.keys.filter { id in !wanted.contains { $0.cells.id == id } }, screen)
  }

  private mutating func delete(_ ids: [PlaceholderID], _ screen: FullScreen) {
    for id in ids {
      kept[id] = nil
      screen.send(PictureEncoding.deleted(id: id.number, inTmux: isInTmux))
    }
  }

  /// Lays the frame's picture over its cells, or takes the last one away.
  mutating func lay(_ picture: LaidPicture?, _ screen: FullScreen) {
    guard picture != laid else { return }
    // Drawing all cells anew is what removes pixels in any terminal.
    if laid != nil { screen.redraw() }
    laid = picture
    guard let picture, let overlay else { return }
    let area = picture.area
    switch overlay {
    case .iterm2:
      screen.send(
        PictureEncoding.iterm2(picture.image.bytes, columns: area.columns, rows: area.rows),
        at: picture.position)
    case .sixel:
      guard let pixels = picture.image.png?.pixels() else { return }
      let fitted = pixels.fitted(
        width: min(area.columns * cell.width, Self.mostSixels),
        height: min(area.rows * cell.height, Self.mostSixels))
      let columns = (fitted.width + cell.width - 1) / cell.width
      let rows = (fitted.height + cell.height - 1) / cell.height
      let place = Position(
        column: picture.position.column + (area.columns - columns) / 2,
        row: picture.position.row + (area.rows - rows) / 2)
      screen.send(SixelEncoder(fitted).sequence, at: place)
    }
  }

  /// Notes that all cells are drawn anew, over what lies there.
  mutating func forgetOverlay() { laid = nil }

  /// Notes that the terminal may have lost all pictures, because another program had it.
  mutating func forget() {
    kept = [:]
    laid = nil
  }

  /// Deletes all pictures from the terminal.
  mutating func removeAll(_ screen: FullScreen) { delete(Array(kept.keys), screen) }
}
