import Foundation
import Synchronization

/// A real listener on this machine's loopback. It counts who comes, and answers every connection with one HTTP
/// response.
final class Listener: Sendable {
  let port: UInt16
  private let descriptor: Int32
  private let connections = Mutex<Int>(0)

  struct Failure: Error {}

  /// - Parameter response: the bytes that each connection gets.
  init(
    ipv6: Bool = false,
    response: String = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"
  ) throws {
    descriptor = socket(ipv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failure() }
    let (bound, port) = ipv6 ? Self.bindIPv6(descriptor) : Self.bindIPv4(descriptor)
    guard bound, listen(descriptor, 16) == 0 else { throw Failure() }
    self.port = port
    let thread = Thread { [self] in
      while true {
        let connection = accept(descriptor, nil, nil)
        if connection < 0 { return }
        connections.withLock { $0 += 1 }
        var buffer = [UInt8](repeating: 0, count: 4096)
        _ = recv(connection, &buffer, buffer.count, 0)
        _ = send(connection, response, response.utf8.count, 0)
        close(connection)
      }
    }
    thread.start()
  }

  /// The number that have come.
  var count: Int { connections.withLock(\.self) }

  func stop() {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  private static func bindIPv4(_ descriptor: Int32) -> (Bool, UInt16) {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return bound(descriptor, &address) { $0.sin_port }
  }

  private static func bindIPv6(_ descriptor: Int32) -> (Bool, UInt16) {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_addr = in6addr_loopback
    return bound(descriptor, &address) { $0.sin6_port }
  }

  private static func bound<Address>(
    _ descriptor: Int32, _ address: inout Address, port: (Address) -> in_port_t
  ) -> (Bool, UInt16) {
    var size = socklen_t(MemoryLayout<Address>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    return (isBound, UInt16(bigEndian: port(address)))
  }
}
