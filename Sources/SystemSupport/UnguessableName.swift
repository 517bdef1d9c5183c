/// Names that nobody can guess, because knowing the name is the right to use the thing.
package enum UnguessableName {
  /// Makes a name: 256 bits of the system's cryptographically secure generator, as 64 hexadecimal digits.
  package static func new() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
