import SystemPackage
import SystemSupport

/// Reads keys from a terminal as Unicode scalars.
///
/// It reads one byte at a time, so that text typed ahead stays for the next reader.
struct KeyReader {
  enum Event: Equatable {
    case scalar(Unicode.Scalar)
    case endOfInput
    /// The other descriptor became readable.
    case wake
    /// A signal came.
    case interruption
  }

  let terminal: FileDescriptor
  let wake: FileDescriptor
  private var decoder = ScalarDecoder()
  private var heldBack: UInt8?

  init(terminal: FileDescriptor, wake: FileDescriptor) {
    self.terminal = terminal
    self.wake = wake
  }

  /// True when a key is there, or comes within that time.
  func isReady(within milliseconds: Int32 = 0) -> Bool {
    heldBack != nil || terminal.isReadable(within: milliseconds)
  }

  mutating func next() -> Event {
    while true {
      if let byte = heldBack {
        heldBack = nil
        if let scalar = decode(byte) { return .scalar(scalar) }
        continue
      }
      switch waitForByte() {
      case .success(let byte): heldBack = byte
      case .failure(let stop): return stop.event
      }
    }
  }

  private struct Stop: Error {
    var event: Event
  }

  private func waitForByte() -> Result<UInt8, Stop> {
    do throws(Errno) {
      let found = try Readiness.wait(forAnyOf: [wake, terminal])
      if !found[0].isEmpty { return .failure(Stop(event: .wake)) }
    } catch {
      return .failure(Stop(event: error == .interrupted ? .interruption : .endOfInput))
    }
    var byte: UInt8 = 0
    switch read(terminal.rawValue, &byte, 1) {
    case 1: return .success(byte)
    case -1 where errno == EINTR || errno == EAGAIN: return .failure(Stop(event: .interruption))
    default: return .failure(Stop(event: .endOfInput))
    }
  }

  /// Takes a byte of UTF-8, and gives the scalar that it completes. Bytes that are no UTF-8 become U+FFFD.
  private mutating func decode(_ byte: UInt8) -> Unicode.Scalar? {
    switch decoder.push(byte) {
    case .incomplete: return nil
    case .scalar(let scalar): return scalar
    case .invalid(let again):
      if again { heldBack = byte }
      return "\u{fffd}"
    }
  }
}

/// Puts together UTF-8 that comes byte by byte.
struct ScalarDecoder {
  enum Step: Equatable {
    /// More bytes are needed.
    case incomplete
    case scalar(Unicode.Scalar)
    /// The earlier bytes were no UTF-8. If `again`, this byte begins a scalar of its own and must be pushed
    /// again.
    case invalid(again: Bool)
  }

  private var partial: [UInt8] = []

  var isPending: Bool { !partial.isEmpty }

  mutating func push(_ byte: UInt8) -> Step {
    if partial.isEmpty, byte < 0x80 { return .scalar(Unicode.Scalar(byte)) }
    partial.append(byte)
    var decoder = Unicode.UTF8.ForwardParser()
    var input = partial.makeIterator()
    switch decoder.parseScalar(from: &input) {
    case .valid(let encoded):
      partial = []
      return .scalar(Unicode.UTF8.decode(encoded))
    case .error:
      if isPrefix(partial) { return .incomplete }
      defer { partial = [] }
      return .invalid(again: partial.count > 1)
    case .emptyInput:
      return .incomplete
    }
  }

  /// Gives up waiting for more bytes.
  mutating func reset() {
    partial = []
  }

  /// True when more bytes could complete these to a scalar.
  private func isPrefix(_ bytes: [UInt8]) -> Bool {
    guard let lead = bytes.first else { return false }
    let length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
    guard (0xc2...0xf4).contains(lead), bytes.count < length else { return false }
    guard bytes.dropFirst().allSatisfy({ (0x80...0xbf).contains($0) }) else { return false }
    guard bytes.count > 1 else { return true }
    switch lead {
    case 0xe0: return bytes[1] >= 0xa0
    case 0xed: return bytes[1] <= 0x9f
    case 0xf0: return bytes[1] >= 0x90
    case 0xf4: return bytes[1] <= 0x8f
    default: return true
    }
  }
}
