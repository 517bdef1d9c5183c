/// A range of addresses with the same first bits.
struct IPv4Range: Hashable {
  let base: UInt32
  let length: Int

  init(base: UInt32, length: Int) {
    self.base = base
    self.length = length
  }

  /// Reads a range such as `10.0.0.0/8`, or one address in four decimal numbers; nil for anything else.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
    guard parts.count <= 2, numbers.count == 4,
      let length = parts.count == 2 ? Int(parts[1]) : 32, (0...32).contains(length)
    else { return nil }
    base = numbers.reduce(0) { $0 << 8 | UInt32($1) }
    self.length = length
  }

  func contains(_ other: IPv4Range) -> Bool {
    other.length >= length && (length == 0 || (base ^ other.base) >> UInt32(32 - length) == 0)
  }

  /// The ranges that together have all addresses of this one that are not in `hole`.
  func excluding(_ hole: IPv4Range) -> [IPv4Range] {
    if hole.contains(self) { return [] }
    guard contains(hole) else { return [self] }
    let halves = [base, base | 1 << UInt32(31 - length)].map { IPv4Range(base: $0, length: length + 1) }
    return halves.flatMap { $0.excluding(hole) }
  }
}

extension IPv4Range: CustomStringConvertible {
  var description: String {
    let address = [24, 16, 8, 0].map { String(base >> UInt32($0) & 255) }.joined(separator: ".")
    return length == 32 ? address : "\(address)/\(length)"
  }
}
