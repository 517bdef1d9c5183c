import SystemPackage
import Testing

@testable import PythonSandbox

@Suite struct DenoCommandTests {
  private let runtime = Runtime(deno: "/r/deno", pyodide: "/r/pyodide", cache: CacheDirectory(root: "/c"))

  private func command(network: NetworkPolicy? = nil, read: [FilePath] = [], write: [FilePath] = [])
    -> DenoCommand
  {
    DenoCommand(
      runtime: runtime, guest: "/c/guest", module: "warden.js", arguments: ["x"], read: read, write: write,
      network: network)
  }

  @Test func grantsReadingOfTheNamedFoldersAndNothingElse() {
    let line = command(read: ["/i/site"]).commandLine
    let granted = line.filter { $0.hasPrefix("--allow") }
    #expect(granted == ["--allow-read=/c/guest,/r/pyodide,/i/site"])
    #expect(line.contains("--no-prompt"))
    #expect(line.suffix(2) == ["/c/guest/warden.js", "x"])
  }

  @Test func grantsWritingOnlyWhereItIsAsked() {
    let granted = command(write: ["/i"]).commandLine.filter { $0.hasPrefix("--allow") }
    #expect(granted == ["--allow-read=/c/guest,/r/pyodide,/i", "--allow-write=/i"])
  }

  @Test func doublesCommasInPaths() {
    #expect(command(read: ["/a,b"]).commandLine.contains("--allow-read=/c/guest,/r/pyodide,/a,,b"))
  }

  @Test func thePublicNetworkLeavesOutTheLocalOnes() {
    let line = command(network: .publicOnly).commandLine
    #expect(line.contains("--allow-net"))
    let denied =
      line.first { $0.hasPrefix("--deny-net=") }?.dropFirst("--deny-net=".count).split(separator: ",") ?? []
    for range in [
      "localhost", "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
      "100.64.0.0/10", "0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "[::1]",
    ] {
      #expect(denied.contains(Substring(range)), "\(range)")
    }
  }

  @Test func namedHostsAreAllThatIsAllowed() throws {
    let policy = try #require(NetworkPolicy("example.com:443,127.0.0.1:8080"))
    let line = command(network: policy).commandLine
    #expect(line.contains("--allow-net=example.com:443,127.0.0.1:8080"))
    let denied = try #require(line.first { $0.hasPrefix("--deny-net=") })
    #expect(!denied.contains("127.0.0.0/8"))
    #expect(denied.contains(",127.0.0.0,"))
    #expect(denied.contains(",127.0.0.2/31,"))
    #expect(denied.contains("10.0.0.0/8"))
  }

  @Test func userCodeGetsCertificatesButNoProxy() {
    let inherited = [
      "HTTPS_PROXY": "http://proxy", "SSL_CERT_FILE": "/cert", "HOME": "/h", "AWS_SECRET_ACCESS_KEY": "s",
    ]
    let code = command(network: .publicOnly).environment(from: inherited)
    #expect(code["SSL_CERT_FILE"] == "/cert")
    #expect(
      Set(code.keys) == [
        "DENO_DIR", "DENO_NO_UPDATE_CHECK", "NO_COLOR", "DENO_TLS_CA_STORE", "MALLOC_ARENA_MAX",
        "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "SSL_CERT_FILE",
      ])
    // Deno makes no folder where a file stands, so it stores nothing.
    #expect(code["DENO_DIR"] == command().runtime.deno.string)
    #expect(command(network: .everything).environment(from: inherited)["HTTPS_PROXY"] == "http://proxy")
    #expect(command().environment(from: inherited)["SSL_CERT_FILE"] == nil)
  }
}
