/// A host with or without a port, as in `Host` and behind the scheme in `Origin` (RFC 9110, 7.2). The type is pure.
struct HostName: Sendable, Hashable {
  /// The name or address in lower case, without the brackets of an IPv6 address.
  let name: String
  let port: Int?

  /// Reads `example.org`, `127.0.0.1:3001` or `[::1]:3001`; nil for anything else.
  init?(_ text: String) {
    var rest = text[...]
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { return nil }
      name = rest[rest.index(after: rest.startIndex)..<end].lowercased()
      rest = rest[rest.index(after: end)...]
    } else {
      let end = rest.firstIndex(of: ":") ?? rest.endIndex
      name = rest[..<end].lowercased()
      rest = rest[end...]
    }
    guard !name.isEmpty, name.allSatisfy({ $0.isASCII && !$0.isWhitespace && !"/?#@\\".contains($0) }) else {
      return nil
    }
    if rest.isEmpty {
      port = nil
    } else {
      guard rest.first == ":", let number = UInt16(rest.dropFirst()) else { return nil }
      port = Int(number)
    }
  }

  /// Reads an origin such as `http://localhost:3001`; nil for `null` and anything else.
  init?(origin: String) {
    guard let scheme = ["http://", "https://"].first(where: origin.lowercased().hasPrefix) else { return nil }
    self.init(String(origin.dropFirst(scheme.count)))
  }

  /// The host in a request's target such as `http://localhost:3001/mcp`, the form that is meant for proxies.
  ///
  /// It is nil for a target that is a path alone.
  static func text(inTarget target: String) -> String? {
    guard target.first != "/", let scheme = target.firstRange(of: "://") else { return nil }
    return String(target[scheme.upperBound...].prefix { !"/?#".contains($0) })
  }

  /// True when the name can mean this machine only.
  var isLocal: Bool {
    if name == "localhost" || name == "::1" || name == "0:0:0:0:0:0:0:1" { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
