/// Ends the process where a property does not hold, so that the fuzzer keeps the bytes.
func require(_ holds: Bool, _ sentence: @autoclosure () -> String) {
  if !holds { fatalError(sentence()) }
}

extension [UInt8] {
  /// The bytes as a stream may bring them: one by one, and in pieces of some length.
  var cuts: [[[UInt8]]] { [map { [$0] }, pieces] }

  /// The lengths depend on the bytes alone, so that a finding can be repeated.
  private var pieces: [[UInt8]] {
    var state = reduce(UInt32(truncatingIfNeeded: count)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    var pieces: [[UInt8]] = []
    var rest = self[...]
    while !rest.isEmpty {
      state = state &* 1_664_525 &+ 1_013_904_223
      let piece = rest.prefix(1 + Int(state >> 24) % 16)
      pieces.append(Array(piece))
      rest = rest[piece.endIndex...]
    }
    return pieces
  }
}
