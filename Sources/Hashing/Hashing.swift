internal import COpenSSL

/// A SHA-256 digest that is made piece by piece (FIPS 180-4), by OpenSSL.
public struct SHA256: ~Copyable {
  /// The length of a digest in bytes.
  public static let byteCount = Int(CO_SHA256_BYTES)

  /// The state; nil when memory is short, and then the process cannot go on anyway.
  private let state: OpaquePointer?

  public init() {
    state = co_sha256_make()
    precondition(state != nil, "no memory is left for a digest")
  }

  deinit {
    if let state { co_sha256_free(state) }
  }

  /// Adds bytes to the hashed text.
  public func update(_ bytes: UnsafeRawBufferPointer) {
    if let state { co_sha256_add(state, bytes.baseAddress, bytes.count) }
  }

  /// Adds bytes to the hashed text.
  public func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// The digest of all bytes that were added.
  public consuming func finalize() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
      if let state, let start = buffer.baseAddress { co_sha256_end(state, start) }
      count = Self.byteCount
    }
  }

  /// The digest of all bytes that were added, as 64 hexadecimal digits.
  public consuming func finalizeAsText() -> String {
    finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The digest of `bytes`.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] {
    let hash = SHA256()
    hash.update(bytes)
    return hash.finalize()
  }
}

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
