/// Which sites may talk to the server. A browser sends whatever page it shows `Host` and `Origin`: checking both keeps
/// pages of other sites away, also when they rebind their own name to this machine (MCP, Transports, Security Warning).
/// Pure.
public struct HostPolicy: Sendable {
  /// Only names of this machine are right, besides those that are allowed explicitly.
  private let isLocalOnly: Bool
  private let hosts: Set<HostName>
  private let origins: Set<String>
  /// Gives this machine's addresses, where these and no other names are right.
  private let addresses: (@Sendable () -> Set<String>)?

  /// - Parameters:
  ///   - bindsLoopback: Whether only this machine can reach the server.
  ///   - hosts: Further names that clients may use for it, with or without a port.
  ///   - origins: Sites whose pages may use it, such as `https://app.example.org`.
  ///   - addresses: Gives this machine's addresses, where clients need no token: any name could be one that was
  ///     rebound, but an address cannot.
  public init(
    bindsLoopback: Bool, hosts: [String] = [], origins: [String] = [],
    addresses: (@Sendable () -> Set<String>)? = nil
  ) {
    // Whoever names hosts wants these and no others.
    isLocalOnly = bindsLoopback || !hosts.isEmpty || addresses != nil
    self.addresses = addresses
    self.hosts = Set(hosts.compactMap { HostName($0) })
    self.origins = Set(origins.map { origin in origin.lowercased() })
  }

  /// Whether a host name or origin can be meant by ``init(bindsLoopback:hosts:origins:)``.
  public static func isHost(_ text: String) -> Bool { HostName(text) != nil }
  public static func isOrigin(_ text: String) -> Bool { HostName(origin: text) != nil }

  /// Whether an address to listen on is one of this machine alone.
  public static func isLoopback(_ address: String) -> Bool {
    (HostName(address) ?? HostName("[\(address)]"))?.isLocal == true
  }

  /// Why a request is refused; nil if it is not.
  func refusal(host: String?, origin: String?) -> String? {
    guard let host, let name = HostName(host) else { return "The Host header is missing or malformed." }
    guard !isLocalOnly || name.isLocal || allows(name) || isOwnAddress(name) else {
      return "The host \(name.name) is not served here. Allow it with --allow-host if it should be."
    }
    guard let origin else { return nil }
    guard !origins.contains(origin.lowercased()) else { return nil }
    guard let site = HostName(origin: origin) else { return "The origin is not allowed." }
    let isSame = site == name && !name.isLocal && isOwnAddress(name)
    let isOwn = isLocalOnly ? site.isLocal && name.isLocal || allows(site) || isSame : site == name
    return isOwn ? nil : "The origin \(origin) is not allowed. Allow it with --allow-origin if it should be."
  }

  private func isOwnAddress(_ name: HostName) -> Bool {
    addresses?().contains(name.name) ?? false
  }

  private func allows(_ name: HostName) -> Bool {
    hosts.contains(name) || hosts.contains { $0.port == nil && $0.name == name.name }
  }
}
