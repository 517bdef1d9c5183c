internal import Hashing

/// The sha256 of `parts`, as the first `length` hexadecimal digits. Parts are kept apart, so that no two
/// different lists have the same digest by joining.
func digest(of parts: [[UInt8]], length: Int = 32) -> String {
  let hash = SHA256()
  for part in parts {
    withUnsafeBytes(of: UInt64(part.count).littleEndian) { hash.update($0) }
    hash.update(part)
  }
  return String(hash.finalizeAsText().prefix(length))
}
