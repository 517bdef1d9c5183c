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
