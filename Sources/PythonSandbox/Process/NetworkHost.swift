/// A host that code may reach, with one port or with all of them.
public struct NetworkHost: Sendable, Hashable, CustomStringConvertible {
  /// A name, an IPv4 address, or an IPv6 address in brackets.
  public let name: String
  /// The port from 1 to 65535; nil for all ports.
  public let port: UInt16?

  /// Reads `HOST` or `HOST:PORT`; nil for anything else.
  public init?(_ text: String) {
    let text = text.lowercased()
    let end: String.Index
    if text.hasPrefix("[") {
      guard let bracket = text.firstIndex(of: "]") else { return nil }
      end = text.index(after: bracket)
      guard text[..<end].dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }),
        text[..<end].contains(":")
      else { return nil }
    } else {
      end = text.firstIndex(of: ":") ?? text.endIndex
      guard let first = text[..<end].first, first.isASCII, first.isLetter || first.isNumber,
        text[..<end].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) })
      else { return nil }
    }
    name = String(text[..<end])
    if end == text.endIndex {
      port = nil
    } else {
      guard text[end] == ":", let number = UInt16(text[text.index(after: end)...]), number > 0 else {
        return nil
      }
      port = number
    }
  }

  var isIPv6: Bool { name.hasPrefix("[") }

  public var description: String { port.map { "\(name):\($0)" } ?? name }
}

extension NetworkPolicy {
  /// Reads `public`, or hosts separated by commas; nil for anything else.
  public init?(_ text: String) {
    if text == "public" {
      self = .publicOnly
      return
    }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let hosts = parts.compactMap { NetworkHost(String($0)) }
    guard hosts.count == parts.count else { return nil }
    self = .hosts(hosts)
  }
}
