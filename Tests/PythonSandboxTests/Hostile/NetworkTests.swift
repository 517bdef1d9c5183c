import Foundation
import SystemPackage
import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// The addresses that code can reach, tried against listeners on this machine. No test sends anything to
  /// another machine.
  @Suite struct NetworkTests {
    /// Tries every address; gives those that answered.
    private static func attempts(_ addresses: [String]) -> String {
      """
      import asyncio, js
      async def reach(url):
        try:
          return (await js.fetch(url, signal=js.AbortSignal.timeout(2000))).status
        except Exception as error:
          return None
      [a for a in \(addresses) if await reach(a) is not None]
      """
    }

    private static func socketAttempts(_ port: UInt16, _ hosts: [String]) -> String {
      """
      import socket
      def reach(host):
        try:
          socket.create_connection((host, \(port)), timeout=2).close()
          return True
        except Exception:
          return False
      [h for h in \(hosts) if reach(h)]
      """
    }

    private static func webSocketAttempt(_ port: UInt16) -> String {
      """
      import asyncio, js
      try:
        socket = js.WebSocket.new("ws://127.0.0.1:\(port)/")
        await asyncio.sleep(0.3)
        state = socket.readyState
      except Exception as error:
        state = 3
      state in (0, 1)
      """
    }

    private static let spellings = [
      "127.0.0.1", "127.1", "127.0.0.2", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1",
      "0177.0.0.1",
      "0", "0.0.0.0",
      "localhost", "LOCALHOST", "localhost.", "ip6-localhost", "localhost.localdomain", "[::1]", "[::]",
      "[::ffff:127.0.0.1]",
      "[::ffff:7f00:1]", "[::127.0.0.1]", "[0:0:0:0:0:0:0:1]",
    ]

    @Test(arguments: [NetworkPolicy.publicOnly, nil] as [NetworkPolicy?])
    func nothingOfThisMachineIsReached(policy: NetworkPolicy?) async throws {
      let listeners = [try Listener(), try? Listener(ipv6: true)].compactMap(\.self)
      defer { listeners.forEach { $0.stop() } }
      let lane = Lane(InterpreterOptions(network: policy))
      for listener in listeners {
        let urls = Self.spellings.map { "http://\($0):\(listener.port)/" }
        #expect(try await lane.run(Self.attempts(urls)).end == "[]")
        let hosts = ["127.0.0.1", "127.0.0.2", "0.0.0.0", "localhost", "::1", "::ffff:127.0.0.1"]
        #expect(try await lane.run(Self.socketAttempts(listener.port, hosts)).end == "[]")
        #expect(try await lane.run(Self.webSocketAttempt(listener.port)).end == "False")
      }
      #expect(listeners.map(\.count).allSatisfy { $0 == 0 })
      await lane.close()
    }

    /// Addresses of other machines are not tried: Deno is asked what it would say.
    @Test func denoRefusesEveryLocalRange() async throws {
      let (runtime, _) = try await SandboxUnderTest.prepared()
      let folder = try TemporaryFolder()
      let hosts = [
        "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1",
        "239.255.255.250", "255.255.255.255", "192.0.2.1", "198.18.0.1", "127.0.0.1", "0.0.0.0", "localhost",
        "[::1]",
        "[::]", "[fd00:ec2::254]",
      ]
      let script = folder.path.appending("ask.ts")
      try Data(
        "for (const host of \(hosts)) console.log(Deno.permissions.querySync({ name: 'net', host }).state);"
          .utf8
      ).write(to: URL(fileURLWithPath: script.string))
      let program = CommandLineProgram(
        runtime.deno,
        ["run", "--quiet", "--no-prompt", "--no-config"] + NetworkPolicy.publicOnly.denoPermissions(on: [])
          + [script.string],
        environment: ["DENO_DIR": folder.path.appending("deno").string, "NO_COLOR": "1"])
      let (success, lines) = try await program.run { _ in }
      #expect(success)
      #expect(lines == hosts.map { _ in "denied" })
    }

    @Test func namedHostsAreReachedAndNoOthers() async throws {
      let (allowed, other) = (try Listener(), try Listener())
      let redirect = try Listener(
        response:
          "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:\(other.port)/\r\nContent-Length: 0\r\n\r\n"
      )
      defer { [allowed, other, redirect].forEach { $0.stop() } }
      let hosts = ["127.0.0.1:\(allowed.port)", "127.0.0.1:\(redirect.port)"].compactMap { NetworkHost($0) }
      let lane = Lane(InterpreterOptions(network: .hosts(hosts)))
      let reached = "http://127.0.0.1:\(allowed.port)/"
      let refused = [
        "http://127.0.0.1:\(other.port)/", "http://localhost:\(allowed.port)/",
        "http://127.0.0.2:\(allowed.port)/",
        "http://127.0.0.1:\(redirect.port)/",
      ]
      #expect(try await lane.run(Self.attempts([reached] + refused)).end == "['\(reached)']")
      #expect(allowed.count == 1)
      #expect(redirect.count == 1)
      #expect(other.count == 0)
      await lane.close()
    }

    @Test func aNamedHostIsFoundByItsName() async throws {
      let listener = try Listener()
      defer { listener.stop() }
      let host = try #require(NetworkHost("localhost:\(listener.port)"))
      let lane = Lane(InterpreterOptions(network: .hosts([host])))
      let urls = ["http://localhost:\(listener.port)/", "http://127.0.0.1:\(listener.port)/"]
      #expect(try await lane.run(Self.attempts(urls)).end == "['\(urls[0])']")
      #expect(listener.count == 1)
      await lane.close()
    }

    @Test func nothingListens() async throws {
      let lane = Lane(InterpreterOptions(network: .publicOnly))
      let code = "import socket\ns = socket.socket()\ns.bind(('0.0.0.0', 0))\ns.listen()"
      guard case .error = try await lane.run(code).result.outcome else {
        Issue.record("it listens")
        return
      }
      await lane.close()
    }
  }
}
