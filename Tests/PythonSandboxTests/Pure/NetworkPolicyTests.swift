import Testing

@testable import PythonSandbox

@Suite struct NetworkPolicyTests {
  @Test(arguments: ["example.com", "example.com:443", "10.0.0.1", "10.0.0.1:1", "[::1]", "[::1]:80"])
  func readsAHost(text: String) {
    #expect(NetworkHost(text)?.description == text)
  }

  @Test(arguments: [
    "", ":80", "example.com:", "example.com:0", "example.com:65536", "example.com:http", "http://example.com",
    "a b",
    "a/8", "[::1", "[]", "[zz::]", "::1", "exa\nmple.com", "--allow-all", "*.example.com",
  ])
  func refusesWhatIsNoHost(text: String) {
    #expect(NetworkHost(text) == nil)
  }

  @Test func aListIsRefusedAsAWhole() {
    #expect(NetworkPolicy("a,b:80") != nil)
    #expect(NetworkPolicy("a,,b") == nil)
    #expect(NetworkPolicy("a,b/c") == nil)
    #expect(NetworkPolicy("public") == .publicOnly)
  }

  @Test func socketsAreAsFewAsThePolicyNeeds() throws {
    #expect(NetworkPolicy.publicOnly.sockets == .ipv4)
    #expect(try #require(NetworkPolicy("example.com")).sockets == .ipv4)
    #expect(try #require(NetworkPolicy("[::1]:80")).sockets == .any)
  }

  @Test func theMachinesOwnAddressesAreDenied() throws {
    func denied(_ policy: NetworkPolicy, _ machine: Set<String>) throws -> [Substring] {
      let flag = try #require(policy.denoPermissions(on: machine).first { $0.hasPrefix("--deny-net=") })
      return flag.dropFirst("--deny-net=".count).split(separator: ",")
    }
    let before = Set(try denied(.publicOnly, []))
    // A private address is in one of the ranges already.
    let machine: Set = ["8.8.4.4", "10.1.2.3", "127.0.0.1", "::1", "2001:db8::7"]
    #expect(Set(try denied(.publicOnly, machine)).subtracting(before) == ["8.8.4.4", "[2001:db8::7]"])
    let named = try #require(NetworkPolicy("8.8.4.4:80,example.com"))
    #expect(!(try denied(named, machine)).contains("8.8.4.4"))
    #expect(try denied(named, machine).contains("[2001:db8::7]"))
    #expect(NetworkPolicy.everything.denoPermissions(on: machine) == ["--allow-net"])
  }

  @Test func aRangeWithoutAnAddressIsAllOthers() throws {
    let range = try #require(IPv4Range("10.0.0.0/30"))
    let rest = range.excluding(try #require(IPv4Range("10.0.0.2")))
    #expect(rest.map(\.description) == ["10.0.0.0/31", "10.0.0.3"])
    #expect(range.excluding(range) == [])
    #expect(range.excluding(try #require(IPv4Range("11.0.0.0"))) == [range])
    #expect(range.excluding(try #require(IPv4Range("0.0.0.0/0"))) == [])
  }

  @Test(arguments: ["10.0.0.0/8", "0.0.0.0/0", "255.255.255.255", "127.0.0.1"])
  func rangesAreWrittenAsTheyAreRead(text: String) {
    #expect(IPv4Range(text)?.description == text)
  }

  @Test(arguments: [
    "", "10", "10.0.0", "10.0.0.0.0", "256.0.0.0", "10.0.0.0/33", "10.0.0.0/", "a.b.c.d", "1.2.3.4/1/2",
  ])
  func refusesWhatIsNoRange(text: String) {
    #expect(IPv4Range(text) == nil)
  }
}
