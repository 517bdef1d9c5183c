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

/// A range of addresses with the same first bits.
struct IPv4Range: Hashable {
  let base: UInt32
  let length: Int

  init(base: UInt32, length: Int) {
    self.base = base
    self.length = length
  }

  /// Reads a range such as `10.0.0.0/8`, or one address in four decimal numbers; nil for anything else.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
    guard parts.count <= 2, numbers.count == 4,
      let length = parts.count == 2 ? Int(parts[1]) : 32, (0...32).contains(length)
    else { return nil }
    base = numbers.reduce(0) { $0 << 8 | UInt32($1) }
    self.length = length
  }

  func contains(_ other: IPv4Range) -> Bool {
    other.length >= length && (length == 0 || (base ^ other.base) >> UInt32(32 - length) == 0)
  }

  /// The ranges that together have all addresses of this one that are not in `hole`.
  func excluding(_ hole: IPv4Range) -> [IPv4Range] {
    if hole.contains(self) { return [] }
    guard contains(hole) else { return [self] }
    let halves = [base, base | 1 << UInt32(31 - length)].map { IPv4Range(base: $0, length: length + 1) }
    return halves.flatMap { $0.excluding(hole) }
  }
}

extension IPv4Range: CustomStringConvertible {
  var description: String {
    let address = [24, 16, 8, 0].map { String(base >> UInt32($0) & 255) }.joined(separator: ".")
    return length == 32 ? address : "\(address)/\(length)"
  }
}
