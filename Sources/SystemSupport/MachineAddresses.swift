import Synchronization

/// The addresses at which this machine can be reached. Linux says when one changes, so they are seldom read: reading
/// them takes milliseconds.
public final class MachineAddresses: Sendable {
  private struct State {
    /// A socket that gets a message at each change; negative where there is none.
    let news: Int32
    var addresses: Set<String>?
  }

  /// The addresses of this process's machine.
  public static let shared = MachineAddresses()

  /// Guards the socket and the addresses from the threads that ask at the same time.
  private let state = Mutex(State(news: subscribeToAddresses()))

  /// The addresses of now, of all interfaces, as numbers without a zone.
  public var now: Set<String> {
    state.withLock { state in
      if !takeNews(state.news), let addresses = state.addresses { return addresses }
      let addresses = readAddresses()
      state.addresses = addresses
      return addresses
    }
  }
}

#if os(Linux)
  /// Opens a socket to the kernel's messages about addresses; negative when there is none, as in some containers.
  private func subscribeToAddresses() -> Int32 {
    let (netlink, route, addressesOfBothFamilies) = (Int32(16), Int32(0), UInt32(0x110))
    let socket = socket(
      netlink, Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), route)
    guard socket >= 0 else { return -1 }
    // It is a `sockaddr_nl`: a family, a pad, a port that the kernel chooses, and the groups.
    let name: (UInt16, UInt16, UInt32, UInt32) = (UInt16(netlink), 0, 0, addressesOfBothFamilies)
    let bound = withUnsafePointer(to: name) { name in
      name.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, socklen_t(MemoryLayout<(UInt16, UInt16, UInt32, UInt32)>.size))
      }
    }
    if bound == 0 { return socket }
    close(socket)
    return -1
  }

  /// Takes the messages that have come; true when there were some, or may have been.
  private func takeNews(_ socket: Int32) -> Bool {
    guard socket >= 0 else { return true }
    var hasNews = false
    var beginning: UInt8 = 0
    while true {
      // That a message came is enough: the system drops the rest of it.
      if recv(socket, &beginning, 1, 0) >= 0 {
        hasNews = true
      } else if errno == EAGAIN {
        return hasNews
      } else if errno == ENOBUFS {
        hasNews = true  // More came than the socket holds.
      } else if errno != EINTR {
        return true
      }
    }
  }
#else
  private func subscribeToAddresses() -> Int32 { -1 }
  private func takeNews(_: Int32) -> Bool { true }
#endif

/// Reads the addresses of all interfaces, as numbers without a zone.
private func readAddresses() -> Set<String> {
  var first: UnsafeMutablePointer<ifaddrs>?
  guard getifaddrs(&first) == 0 else { return [] }
  defer { freeifaddrs(first) }
  var found: Set<String> = []
  for interface in sequence(first: first, next: { $0?.pointee.ifa_next }) {
    guard let address = interface?.pointee.ifa_addr else { continue }
    let length: Int
    switch Int32(address.pointee.sa_family) {
    case AF_INET: length = MemoryLayout<sockaddr_in>.size
    case AF_INET6: length = MemoryLayout<sockaddr_in6>.size
    default: continue
    }
    var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let failure = getnameinfo(
      address, socklen_t(length), &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST)
    guard failure == 0 else { continue }
    let text = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    found.insert(String(text.prefix { $0 != "%" }))
  }
  return found
}
