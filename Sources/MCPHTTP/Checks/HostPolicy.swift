internal import HTTPTypes

/// The sites that may talk to the server (MCP, Transports, Security Warning). The type is pure.
///
/// A browser sends `Host` and `Origin` with the requests of every page. Checking both keeps pages of other sites
/// away, even if they rebind their own name to this machine.
public struct HostPolicy: Sendable {
  /// The way out for a site that is refused but should not be. It is the server's owner who can take it.
  public enum Remedy: Sendable, Hashable, CaseIterable {
    /// Name the host among those that clients may use.
    case allowHost
    /// Name the origin among the sites that may use the server.
    case allowOrigin
  }

  /// Words a remedy for the server's owner, as a sentence; nil tells none.
  public var wording: @Sendable (Remedy) -> String? = { _ in nil }

  /// True when only this machine's names and those that are allowed explicitly are right.
  private let isLocalOnly: Bool
  private let hosts: Set<HostName>
  private let origins: Set<String>
  /// Gives this machine's addresses, where these and no other names are right.
  private let addresses: (@Sendable () -> Set<String>)?

  /// - Parameters:
  ///   - bindsLoopback: True when only this machine can reach the server.
  ///   - hosts: Further names that clients may use for the server, with or without a port. If there are any, only
  ///     they and this machine's own names are right.
  ///   - origins: Sites whose pages may use the server, such as `https://app.example.org`.
  ///   - addresses: Gives this machine's addresses. Set it when clients need no token: a name can be rebound, an
  ///     address cannot.
  public init(
    bindsLoopback: Bool, hosts: [String] = [], origins: [String] = [],
    addresses: (@Sendable () -> Set<String>)? = nil
  ) {
    // A user who names hosts wants these and no others.
    isLocalOnly = bindsLoopback || !hosts.isEmpty || addresses != nil
    self.addresses = addresses
    self.hosts = Set(hosts.compactMap { HostName($0) })
    self.origins = Set(origins.map { origin in origin.lowercased() })
  }

  /// True for a text that ``init(bindsLoopback:hosts:origins:addresses:)`` takes as a host, such as
  /// `example.org:3001`.
  public static func isHost(_ text: String) -> Bool { HostName(text) != nil }
  /// True for a text that ``init(bindsLoopback:hosts:origins:addresses:)`` takes as an origin.
  public static func isOrigin(_ text: String) -> Bool { HostName(origin: text) != nil }

  /// True when only this machine can reach a server that listens on the address.
  public static func isLoopback(_ address: String) -> Bool {
    (HostName(address) ?? HostName("[\(address)]"))?.isLocal == true
  }

  /// The reason why a request is refused; nil when it is allowed.
  func refusal(host: String?, origin: String?) -> String? {
    guard let host, let name = HostName(host) else { return "The Host header is missing or malformed." }
    guard !isLocalOnly || name.isLocal || allows(name) || isOwnAddress(name) else {
      return told("The host \(name.name) is not served here.", .allowHost)
    }
    guard let origin else { return nil }
    guard !origins.contains(origin.lowercased()) else { return nil }
    guard let site = HostName(origin: origin) else { return "The origin is not allowed." }
    let isSame = site == name && !name.isLocal && isOwnAddress(name)
    let isOwn = isLocalOnly ? site.isLocal && name.isLocal || allows(site) || isSame : site == name
    return isOwn ? nil : told("The origin \(origin) is not allowed.", .allowOrigin)
  }

  private func told(_ sentence: String, _ remedy: Remedy) -> String {
    wording(remedy).map { "\(sentence) \($0)" } ?? sentence
  }

  private func isOwnAddress(_ name: HostName) -> Bool {
    addresses?().contains(name.name) ?? false
  }

  private func allows(_ name: HostName) -> Bool {
    hosts.contains(name) || hosts.contains { $0.port == nil && $0.name == name.name }
  }
}

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

/// The headers that tell a browser that pages of another site may use the endpoint (Fetch, CORS).
///
/// ``HostPolicy`` decides which sites may. The type is pure.
enum CrossOrigin {
  /// The headers of a response to a request with an allowed origin.
  static func headers(for origin: String) -> HTTPFields {
    [
      .accessControlAllowOrigin: origin, .vary: "Origin",
      .accessControlExposeHeaders: "Mcp-Session-Id, WWW-Authenticate, Retry-After",
    ]
  }

  /// The headers of the answer to a preflight, which a browser sends before the request itself and without
  /// credentials.
  static func preflight(methods: String, asked headers: String?) -> HTTPFields {
    var fields: HTTPFields = [.accessControlAllowMethods: methods, .accessControlMaxAge: "600"]
    // Any header may be announced: each is checked when the request itself comes.
    fields[.accessControlAllowHeaders] = headers
    return fields
  }

  /// True for a preflight: a browser asks whether the request itself may be sent.
  static func isPreflight(_ method: HTTPRequest.Method, _ headers: HTTPFields) -> Bool {
    method == .options && headers[.origin] != nil && headers[.accessControlRequestMethod] != nil
  }
}
