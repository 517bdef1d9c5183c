import Repl
import SystemSupport
import Terminal
import TerminalText

extension FullScreenRepl {
  /// Does what the user wants of pictures, or asks the terminal what it can.
  func beginPictures() async {
    guard app.drawsPictures else { return }
    if let cell = screen.cellPixels { pictures.cell = CellPixels(width: cell.width, height: cell.height) }
    switch graphics {
    case .kitty: await show(by: Self.newPlaceholders)
    case .iterm2: await show(by: .overlay, .iterm2)
    case .sixel: await show(by: .overlay, .sixel)
    case .blocks, Graphics.none?: break
    case nil:
      screen.ask()
      let environment = ProcessInfo.processInfo.environment
      Task {
        guard let tmux = await TmuxClient(environment), tmux.passesThrough, tmux.identity.drawsPlaceholders
        else { return }
        pictures.isInTmux = true
        await show(by: Self.newPlaceholders)
        mailbox.wake()
      }
    }
  }

  private static var newPlaceholders: PictureMeans { .placeholders(seed: .random(in: 0..<250)) }

  /// Takes an answer of the terminal. The last decides.
  func take(_ answer: TerminalAnswer) async {
    switch answer {
    // The theme is the terminal's only where the user has left it to that: nobody else asks.
    case .background(let colour): screen.use(.suiting(colour))
    case .name(let name): identity = TerminalIdentity(answer: name)
    case .cell(let width, let height):
      if screen.cellPixels == nil { pictures.cell = CellPixels(width: width, height: height) }
    case .attributes(let numbers):
      let environment = ProcessInfo.processInfo.environment
      guard graphics == nil, !pictures.isInTmux else { return }
      let known = Graphics.known(
        by: environment, traits: TerminalTraits(of: screen.input, environment: environment))
      if identity?.drawsPlaceholders == true {
        await show(by: Self.newPlaceholders)
      } else if identity?.knowsITerm2 == true || known == .iterm2 {
        await show(by: .overlay, .iterm2)
      } else if DeviceAttributes(numbers: numbers).knowsSixel {
        await show(by: .overlay, .sixel)
      }
    }
  }

  /// Takes the size of the cells, which changes with the font.
  func measureCells() async {
    guard let cell = screen.cellPixels else { return }
    pictures.cell = CellPixels(width: cell.width, height: cell.height)
    await handle(.pictures(app.means, cell: pictures.cell))
  }

  private func show(by means: PictureMeans, _ overlay: ScreenPictures.Overlay? = nil) async {
    pictures.overlay = overlay
    await handle(.pictures(means, cell: pictures.cell))
  }
}
