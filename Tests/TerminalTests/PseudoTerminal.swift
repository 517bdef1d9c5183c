import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A terminal without a window: the test types and reads on one end, the program under test has the other.
final class PseudoTerminal {
  struct TimedOut: Error, CustomStringConvertible {
    var awaited: String
    var output: String

    var description: String {
      "\(awaited.debugDescription) did not come; there was \(output.debugDescription)"
    }
  }

  let screen: FileDescriptor
  let program: FileDescriptor
  /// All that the program wrote and no `wait(for:)` took yet.
  private var bytes: [UInt8] = []

  init(columns: UInt16 = 80) throws {
    setenv("TERM", "xterm", 1)
    var ends: (screen: Int32, program: Int32) = (-1, -1)
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&ends.screen, &ends.program, nil, nil, &size) == 0 else { throw Errno(rawValue: errno) }
    screen = FileDescriptor(rawValue: ends.screen)
    program = FileDescriptor(rawValue: ends.program)
    _ = fcntl(ends.screen, F_SETFL, O_NONBLOCK)
  }

  deinit {
    try? screen.close()
    try? program.close()
  }

  func type(_ keys: String) throws {
    try type(bytes: Array(keys.utf8))
  }

  func type(bytes: [UInt8]) throws {
    _ = try screen.writeAll(bytes)
  }

  /// Waits until the program has written `text`, and forgets the output up to its end.
  @discardableResult
  func wait(for text: String) async throws -> String {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(50)
    let wanted = Array(text.utf8)
    while true {
      readAvailable()
      if let end = bytes.endOfFirst(wanted) {
        defer { bytes.removeFirst(end) }
        return String(decoding: bytes[..<end], as: UTF8.self)
      }
      guard clock.now < deadline else {
        throw TimedOut(awaited: text, output: String(decoding: bytes, as: UTF8.self))
      }
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  /// Drops what the program has written.
  func forget() {
    readAvailable()
    bytes = []
  }

  /// The program's output that nobody has taken yet.
  func output() -> String {
    readAvailable()
    defer { bytes = [] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// By which another process can open it.
  var path: String {
    get throws {
      guard let name = ttyname(program.rawValue) else { throw Errno(rawValue: errno) }
      return String(cString: name)
    }
  }

  func resize(columns: UInt16) {
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(program.rawValue, UInt(TIOCSWINSZ), &size)
  }

  /// The settings, comparable.
  func settings() -> [UInt8] { Self.settings(of: program) }

  static func settings(of terminal: FileDescriptor) -> [UInt8] {
    var settings = termios()
    tcgetattr(terminal.rawValue, &settings)
    return withUnsafeBytes(of: settings) { Array($0) }
  }

  /// Gives every byte to the program at once, and echoes none.
  func makeRaw() {
    var settings = termios()
    tcgetattr(program.rawValue, &settings)
    cfmakeraw(&settings)
    tcsetattr(program.rawValue, TCSANOW, &settings)
  }

  /// Hangs up, like a window that is closed.
  func hangUp() throws {
    try screen.close()
  }

  private func readAvailable() {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while case let count = read(screen.rawValue, &buffer, buffer.count), count > 0 {
      bytes += buffer[..<count]
    }
  }
}

func removeFile(_ path: FilePath) {
  unlink(path.string)
}

extension [UInt8] {
  fileprivate func endOfFirst(_ wanted: [UInt8]) -> Int? {
    guard count >= wanted.count else { return nil }
    return (0...(count - wanted.count)).first { self[$0...].starts(with: wanted) }.map { $0 + wanted.count }
  }
}
