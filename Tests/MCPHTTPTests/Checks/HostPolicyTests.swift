import Testing

@testable import MCPHTTP

@Suite struct HostPolicyTests {
  @Test(arguments: [
    ("localhost", true), ("LOCALHOST:3001", true), ("127.0.0.1", true), ("127.8.9.1:1", true),
    ("[::1]", true),
    ("[::1]:3001", true), ("[0:0:0:0:0:0:0:1]", true), ("localhost.evil.example", false),
    ("127.0.0.1.evil.example", false),
    ("127.0.0", false), ("127.0.0.256", false), ("0.0.0.0", false), ("example.org", false),
    ("localhost.", false),
    ("[::ffff:127.0.0.1]", false),
  ])
  func onlyNamesOfThisMachineAreLocal(_ host: String, _ isLocal: Bool) {
    #expect(HostName(host)?.isLocal == isLocal)
    let refusal = HostPolicy(bindsLoopback: true).refusal(host: host, origin: nil)
    #expect((refusal == nil) == isLocal)
  }

  @Test(arguments: [
    "", ":3001", "a:", "a:b", "a:65536", "a b", "user@localhost", "localhost/x", "[::1", "[::1]x", "a:1:2",
  ])
  func malformedHostsAreRefused(_ host: String) {
    #expect(HostName(host) == nil)
    #expect(HostPolicy(bindsLoopback: false).refusal(host: host, origin: nil) != nil)
  }

  @Test func aMissingHostIsRefused() {
    #expect(HostPolicy(bindsLoopback: false).refusal(host: nil, origin: nil) != nil)
  }

  @Test(arguments: [
    ("http://localhost", true), ("https://127.0.0.1:8080", true), ("http://[::1]:1", true), ("null", false),
    ("", false),
    ("localhost", false), ("file://localhost", false), ("http://localhost.evil.example", false),
    ("http://evil.example", false), ("http://localhost@evil.example", false),
    ("http://localhost/path", false),
  ])
  func onLoopbackOnlyPagesOfThisMachineMay(_ origin: String, _ may: Bool) {
    let refusal = HostPolicy(bindsLoopback: true).refusal(host: "localhost:3001", origin: origin)
    #expect((refusal == nil) == may)
  }

  @Test func whoNamesHostsWantsNoOthers() {
    let policy = HostPolicy(bindsLoopback: false, hosts: ["mcp.example.org", "b.example.org:80"])
    func isServed(_ host: String) -> Bool { policy.refusal(host: host, origin: nil) == nil }
    #expect(isServed("mcp.example.org") && isServed("Mcp.Example.Org:99") && isServed("b.example.org:80"))
    #expect(isServed("localhost"), "health checks of the machine itself")
    #expect(!isServed("b.example.org") && !isServed("c.example.org"))
    #expect(policy.refusal(host: "mcp.example.org", origin: "https://mcp.example.org") == nil)
    #expect(policy.refusal(host: "mcp.example.org", origin: "https://localhost") != nil)
  }

  @Test func onAPublicAddressPagesOfTheSameHostMay() {
    let policy = HostPolicy(bindsLoopback: false, origins: ["https://app.example.org"])
    func may(_ origin: String) -> Bool { policy.refusal(host: "a.example.org:80", origin: origin) == nil }
    #expect(
      may("http://a.example.org:80") && may("https://app.example.org") && may("HTTPS://APP.example.org"))
    #expect(!may("http://b.example.org:80") && !may("http://app.example.org") && !may("http://localhost"))
  }

  @Test(arguments: [
    ("127.0.0.1", true), ("::1", true), ("localhost", true), ("0.0.0.0", false), ("::", false),
    ("192.168.0.1", false),
    ("", false),
  ])
  func loopbackAddresses(_ address: String, _ isLoopback: Bool) {
    #expect(HostPolicy.isLoopback(address) == isLoopback)
  }

  /// A name could be one that a page has rebound to this machine.
  @Test func withoutATokenOnlyAddressesOfThisMachineAreRight() {
    let policy = HostPolicy(bindsLoopback: false, addresses: { ["192.0.2.7", "2001:db8::7"] })
    func isServed(_ host: String, _ origin: String? = nil) -> Bool {
      policy.refusal(host: host, origin: origin) == nil
    }
    #expect(isServed("192.0.2.7") && isServed("[2001:db8::7]:80") && isServed("localhost"))
    #expect(!isServed("192.0.2.8") && !isServed("mcp.example.org"))
    #expect(isServed("192.0.2.7:80", "http://192.0.2.7:80"))
    #expect(!isServed("192.0.2.7:80", "http://192.0.2.7:81") && !isServed("192.0.2.7", "http://localhost"))
    #expect(!isServed("192.0.2.7", "https://evil.example"))
  }
}
