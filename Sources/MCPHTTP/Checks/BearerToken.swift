internal import Hashing
internal import SystemSupport

/// The secret that clients have to present (RFC 6750).
public struct BearerToken: Sendable {
  private let digest: [UInt8]

  /// Takes the secret without the white space around it. It is nil when nothing is left or a header cannot carry the
  /// rest.
  ///
  /// - Parameter text: The secret, of visible ASCII characters only.
  public init?(_ text: String) {
    let text = text.trimmingWhitespace()
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    digest = SHA256.hash(Array(text.utf8))
  }

  /// True when an `Authorization` header presents the token.
  ///
  /// The time that an answer takes must tell nothing of the token's content or length. Therefore digests of equal
  /// length are compared, in constant time.
  func isPresented(by authorization: String?) -> Bool {
    guard let authorization, let space = authorization.firstIndex(of: " "),
      authorization[..<space].lowercased() == "bearer"
    else { return false }
    let presented = String(authorization[space...]).trimmingWhitespace()
    return isEqualInConstantTime(SHA256.hash(Array(presented.utf8)), digest)
  }
}
