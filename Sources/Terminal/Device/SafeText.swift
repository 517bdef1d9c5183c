/// Makes visible all that could drive a terminal or disguise other text. These are control characters (C0,
/// C1, DEL), and so escape sequences, marks that reorder text, and separators that some take for newlines.
///
/// Controls are spelt as terminals echo them (`^[`, `^?`), the others in Python's way (`\x9b`, `\u202e`). A
/// carriage return before a kept newline is dropped.
///
/// - Parameter kept: control characters that stay as they are.
public func sanitized(_ text: String, keeping kept: Set<Unicode.Scalar> = ["\n", "\t"]) -> String {
  guard text.unicodeScalars.contains(where: { isHazard($0) && !kept.contains($0) }) else { return text }
  var safe = String.UnicodeScalarView()
  let scalars = text.unicodeScalars
  for index in scalars.indices {
    let scalar = scalars[index]
    if kept.contains(scalar) || !isHazard(scalar) {
      safe.append(scalar)
    } else if scalar == "\r", kept.contains("\n"), scalars[scalars.index(after: index)...].first == "\n" {
      continue
    } else {
      safe.append(contentsOf: spelling(of: scalar).unicodeScalars)
    }
  }
  return String(safe)
}

private func isHazard(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x00...0x1f, 0x7f...0x9f: true
  // These are bidirectional marks, embeddings, overrides and isolates (UAX #9).
  case 0x061c, 0x200e...0x200f, 0x202a...0x202e, 0x2066...0x2069: true
  case 0x2028...0x2029: true
  default: false
  }
}

private func spelling(of scalar: Unicode.Scalar) -> String {
  let value = scalar.value
  switch value {
  case 0x00...0x1f: return "^" + String(UnicodeScalar(UInt8(value) + 0x40))
  case 0x7f: return "^?"
  case 0x80...0x9f: return "\\x" + String(value, radix: 16)
  default:
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
