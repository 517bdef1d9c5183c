internal import Hashing
internal import SystemSupport

/// The secret that clients have to present (RFC 6750).
public struct BearerToken: Sendable {
  private let digest: [UInt8]

  /// - Parameter text: Without surrounding white space; nil when nothing is left, or when a header could not carry it.
  public init?(_ text: String) {
    let text = text.trimmingWhitespace()
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    digest = SHA256.hash(Array(text.utf8))
  }

  /// Whether an `Authorization` header presents the token. Digests of equal length are compared in constant time, so
  /// that neither content nor length can be found out by measuring.
  func isPresented(by authorization: String?) -> Bool {
    guard let authorization, let space = authorization.firstIndex(of: " "),
      authorization[..<space].lowercased() == "bearer"
    else { return false }
    let presented = String(authorization[space...]).trimmingWhitespace()
    return isEqualInConstantTime(SHA256.hash(Array(presented.utf8)), digest)
  }
}
