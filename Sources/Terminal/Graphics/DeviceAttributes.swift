import SystemPackage
import SystemSupport

/// A terminal's answer to the question what it is (DA1): the numbers of its abilities.
struct DeviceAttributes: Equatable {
  static let question = "\u{1b}[c"
  private static let sixel = 4

  var numbers: [Int]

  var knowsSixel: Bool { numbers.dropFirst().contains(Self.sixel) }

  /// Finds the answer among the terminal's bytes; nil as long as it is not there.
  init?(in bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    var rest = text[...]
    while let start = rest.firstRange(of: "\u{1b}[?") {
      rest = rest[start.upperBound...]
      let parameters = rest.prefix { $0.isNumber || $0 == ";" }
      if rest.dropFirst(parameters.count).first == "c" {
        numbers = parameters.split(separator: ";").compactMap { Int($0) }
        return
      }
    }
    return nil
  }

  /// Asks the process's terminal, and waits at most `milliseconds` for its answer.
  ///
  /// Nothing is asked while there are unread keys, because they would be lost.
  init?(asking terminal: FileDescriptor, milliseconds: Int) {
    guard let settings = TerminalDevice.settings(of: terminal) else { return nil }
    var raw = settings
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    guard tcsetattr(terminal.rawValue, TCSANOW, &raw) == 0 else { return nil }
    defer { TerminalDevice.restore(settings, on: terminal) }
    guard !Self.isReadable(terminal, milliseconds: 0),
      (try? terminal.writeAll(Self.question.utf8)) != nil
    else { return nil }
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 256)
    while true {
      // An answer that is there counts, however late this process looks: left unread it would be typed keys.
      let left = max(0, Int32((end - .now) / .milliseconds(1)))
      guard Self.isReadable(terminal, milliseconds: left),
        let count = try? buffer.withUnsafeMutableBytes({ try terminal.read(into: $0) }), count > 0
      else { return nil }
      answer += buffer[..<count]
      if let found = DeviceAttributes(in: answer) {
        self = found
        return
      }
    }
  }

  private static func isReadable(_ terminal: FileDescriptor, milliseconds: Int32) -> Bool {
    var descriptor = pollfd(fd: terminal.rawValue, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, milliseconds) > 0
  }
}
