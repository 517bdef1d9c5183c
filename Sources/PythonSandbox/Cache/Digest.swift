internal import Hashing

/// The first `length` hexadecimal digits of the sha256 of `parts`.
///
/// The length of each part is hashed, too: else two lists whose parts join to the same bytes would have one digest.
func digest(of parts: [[UInt8]], length: Int = 32) -> String {
  let hash = SHA256()
  for part in parts {
    withUnsafeBytes(of: UInt64(part.count).littleEndian) { hash.update($0) }
    hash.update(part)
  }
  return String(hash.finalizeAsText().prefix(length))
}
