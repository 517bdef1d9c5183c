/// What the guest's code may reach.
public enum NetworkPolicy: Sendable, Hashable {
  /// Every public IPv4 address; nothing of this machine and its local networks.
  case publicOnly
  /// Only these, by name or by number. A name never leads to a local address; a local number that stands here does.
  case hosts([NetworkHost])
  /// Everything: for the step that resolves packages, which may use a local mirror. Never for user code.
  case everything

  /// Deno's flags. Denied ranges hold for the address that a name resolves to.
  ///
  /// - Parameter machine: this machine's addresses, which are denied also where they are public: services behind its
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

  /// The sockets that this needs. Deno can deny ranges of IPv4 only, so code gets no others, unless it may reach
  /// an IPv6 address that was named.
  var sockets: Confinement.Sockets {
    switch self {
    case .everything: .any
    case .publicOnly: .ipv4
    case .hosts(let hosts): hosts.contains { $0.isIPv6 } ? .any : .ipv4
    }
  }

  /// Loopback, private, link-local (with the cloud's metadata address), shared, test, multicast and reserved ranges.
  private static let localRanges = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4",
  ].compactMap { IPv4Range($0) }

  /// Where IPv6 sockets can be made after all (another system than Linux): the local addresses that are the same
  /// everywhere.
  private static let localNames = ["localhost", "[::]", "[::1]", "[fd00:ec2::254]"]

  private static func denial(of machine: Set<String>, except names: [String]) -> String {
    // `localhost` stands for its address too.
    let named = Set(names + (names.contains("localhost") ? ["127.0.0.1"] : []))
    let ranges = named.compactMap { IPv4Range($0) }.reduce(localRanges) { ranges, hole in
      ranges.flatMap { $0.excluding(hole) }
    }
    // Where a range holds an address of the machine, that one is denied or named already.
    let own = machine.map { $0.contains(":") ? "[\($0)]" : $0 }.filter { address in
      IPv4Range(address).map { one in !localRanges.contains { $0.contains(one) } } ?? true
    }
    let names = Set(localNames + own).subtracting(named).sorted()
    let denied = names + ranges.map(\.description)
    return "--deny-net=\(denied.joined(separator: ","))"
  }
}
