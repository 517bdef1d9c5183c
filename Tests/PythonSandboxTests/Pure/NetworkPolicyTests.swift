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
