public import Pictures
import Synchronization
public import SystemPackage
import SystemSupport

/// Shows pictures on a terminal in the best way that it knows, at the end of its text.
public final class PictureOutput: Sendable {
  private let output: FileDescriptor
  private let traits: TerminalTraits
  private let trueColour: Bool
  private let environment: [String: String]
  /// The terminal's graphics, asked for when the first picture comes. The lock guards it from
  /// tasks that would ask at once.
  private let graphics: Mutex<Graphics?>

  /// The time for the terminal's answer, in milliseconds; a terminal far away needs some of it.
  private static let patience = 1000
  /// The largest number of rows for a picture made of cells.
  private static let mostRows = 24

  /// - Parameter graphics: the way to show pictures; nil finds out what the terminal knows.
  public init(output: FileDescriptor, graphics: Graphics? = nil, environment: [String: String]) {
    self.output = output
    self.environment = environment
    traits = TerminalTraits(of: output, environment: environment)
    let depth = environment["COLORTERM"] ?? ""
    trueColour = depth == "truecolor" || depth == "24bit"
    self.graphics = Mutex(traits.isTerminal ? graphics : Graphics.none)
  }

  public var isTerminal: Bool { traits.isTerminal }

  /// True when figures should be drawn for the terminal's cells, because it is not known to show pixels. It is not
  /// asked, since few runs show a picture.
  public var wantsDrawings: Bool {
    let graphics = graphics.withLock { $0 } ?? known
    return graphics == nil || graphics == .blocks
  }

  /// The text to write so that the picture is shown; nil where it cannot be.
  ///
  /// - Parameter figure: the picture as a drawing for cells, if there is one.
  public func text(of bytes: [UInt8], png: PNGFile?, figure: FigureDrawing? = nil) -> String? {
    let window = Window(of: output)
    let columns = max(1, window.columns - 1)
    switch currentGraphics {
    case .kitty: return png.map { PictureEncoding.kitty($0, columns: window.columnsToFit($0.width)) }
    case .iterm2:
      return PictureEncoding.iterm2(bytes, columns: png.flatMap { window.columnsToFit($0.width) })
    case .sixel:
      return png?.pixels().map { SixelEncoder($0.fitting(window.pixelWidth ?? 800)).text }
    case .blocks:
      if let figure {
        let lines = figure.lines(columns: columns, rows: figure.rows, areas: .known(by: environment))
        return PictureEncoding.cells(lines, depth: trueColour ? .full : .palette)
      }
      return png?.pixels().map {
        let blocks = HalfBlocks($0, columns: columns, rows: Self.mostRows)
        return PictureEncoding.blocks(blocks, trueColour: trueColour)
      }
    case .none: return nil
    }
  }

  private var currentGraphics: Graphics {
    graphics.withLock { graphics in
      if let graphics { return graphics }
      let found = known ?? asked
      graphics = found
      return found
    }
  }

  /// The way that the environment tells; nil when only the terminal knows.
  private var known: Graphics? { Graphics.known(by: environment, traits: traits) }

  private var asked: Graphics {
    guard let terminal = try? FileDescriptor.open("/dev/tty", .readWrite, options: [.closeOnExec]) else {
      return Graphics.cells(on: traits)
    }
    defer { try? terminal.close() }
    let attributes = DeviceAttributes(asking: terminal, milliseconds: Self.patience)
    return attributes?.knowsSixel == true ? .sixel : Graphics.cells(on: traits)
  }
}

/// The terminal's size in cells and, if it tells, in pixels.
private struct Window {
  var columns = 80
  var pixelWidth: Int?

  init(of output: FileDescriptor) {
    var size = winsize()
    guard ioctl(output.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return }
    columns = Int(size.ws_col)
    if size.ws_xpixel > 0 { pixelWidth = Int(size.ws_xpixel) }
  }

  /// The columns that a too wide picture is shrunk to; nil if it fits.
  func columnsToFit(_ width: Int) -> Int? {
    // Terminals that do not tell have cells about eight pixels wide.
    width > pixelWidth ?? columns * 8 ? columns : nil
  }
}

extension Pixels {
  fileprivate func fitting(_ most: Int) -> Pixels {
    width <= most ? self : scaled(toWidth: most, height: max(1, height * most / width))
  }
}
