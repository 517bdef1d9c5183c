internal import COpenSSL

/// Message authentication codes with SHA-256 (RFC 2104), by OpenSSL.
public enum HMAC {
  /// Makes a secret of 32 bytes from the system's random numbers.
  public static func randomKey() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<SHA256.byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// The code of `bytes`, 32 bytes long.
  public static func code(for bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { buffer, count in
      if let start = buffer.baseAddress { co_hmac_sha256(key, key.count, bytes, bytes.count, start) }
      count = SHA256.byteCount
    }
  }
}

/// Compares two digests in a time that does not depend on their content.
public func isEqualInConstantTime(_ a: [UInt8], _ b: [UInt8]) -> Bool {
  a.count == b.count && co_equal(a, b, a.count)
}
