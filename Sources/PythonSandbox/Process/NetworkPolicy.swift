/// What the guest's code may reach.
public enum NetworkPolicy: Sendable, Hashable {
  /// Every public address; nothing of this machine and its local networks.
  case publicOnly
  /// Everything: for the step that resolves packages, which may use a local mirror. Never for user code.
  case everything

  /// Deno's flags. Denied ranges hold for the address that a name resolves to.
  var denoPermissions: [String] {
    switch self {
    case .everything: ["--allow-net"]
    case .publicOnly: ["--allow-net", "--deny-net=\(Self.localRanges.joined(separator: ","))"]
    }
  }

  /// Loopback, private, link-local (with the cloud's metadata address), shared, multicast and reserved ranges.
  private static let localRanges = [
    "localhost", "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4", "[::]", "[::1]",
  ]
}
