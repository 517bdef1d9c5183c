/// Names that nobody can guess, for what whoever knows the name may use.
package enum UnguessableName {
  /// A new one: 256 bits of the system's generator, which is cryptographically secure, as 64 hexadecimal digits.
  package static func new() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
