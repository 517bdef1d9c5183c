/// The rule for the hosts that the guest's code may reach.
public enum NetworkPolicy: Sendable, Hashable {
  /// Every public IPv4 address, but neither this machine nor its local networks.
  case publicOnly
  /// Only these hosts, by name or by number. A name never leads to a local address, but a local number that is
  /// listed does.
  case hosts([NetworkHost])
  /// All hosts, for the step that resolves packages, which may use a local mirror. User code never gets this.
  case everything

  /// The flags for Deno. Denied ranges hold for the address that a name resolves to.
  ///
  /// - Parameter machine: The addresses of this machine. Public ones are denied, too, since services behind its
  ///   firewall answer there.
  func denoPermissions(on machine: Set<String>) -> [String] {
    switch self {
    case .everything:
      return ["--allow-net"]
    case .publicOnly:
      return ["--allow-net", Self.denial(of: machine, except: [])]
    case .hosts(let hosts):
      return [
        "--allow-net=\(hosts.map(\.description).joined(separator: ","))",
        Self.denial(of: machine, except: hosts.map(\.name)),
      ]
    }
  }

  /// The sockets that this policy needs.
  ///
  /// Deno can deny ranges of IPv4 only. Therefore code gets no others, unless the policy names an IPv6 address.
  var sockets: Confinement.Sockets {
    switch self {
    case .everything: .any
    case .publicOnly: .ipv4
    case .hosts(let hosts): hosts.contains { $0.isIPv6 } ? .any : .ipv4
    }
  }

  /// The loopback, private, link-local (with the cloud's metadata address), shared, test, multicast and reserved
  /// ranges.
  private static let localRanges = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4",
  ].compactMap { IPv4Range($0) }

  /// The local names and IPv6 addresses that are the same everywhere. They matter where IPv6 sockets can be made, on
  /// systems other than Linux.
  private static let localNames = ["localhost", "[::]", "[::1]", "[fd00:ec2::254]"]

  private static func denial(of machine: Set<String>, except names: [String]) -> String {
    // A policy that names `localhost` means its address, too.
    let named = Set(names + (names.contains("localhost") ? ["127.0.0.1"] : []))
    let ranges = named.compactMap { IPv4Range($0) }.reduce(localRanges) { ranges, hole in
      ranges.flatMap { $0.excluding(hole) }
    }
    // An address of the machine that lies in a range is denied or named already.
    let own = machine.map { $0.contains(":") ? "[\($0)]" : $0 }.filter { address in
      IPv4Range(address).map { one in !localRanges.contains { $0.contains(one) } } ?? true
    }
    let names = Set(localNames + own).subtracting(named).sorted()
    let denied = names + ranges.map(\.description)
    return "--deny-net=\(denied.joined(separator: ","))"
  }
}
