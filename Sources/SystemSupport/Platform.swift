// The system's C library and Foundation under one name, on each system. A smaller Foundation is enough where
// there is one: the full one brings 30 MB of data for other languages.
#if canImport(FoundationEssentials)
  @_exported public import FoundationEssentials
#else
  @_exported public import Foundation
#endif

#if canImport(Darwin)
  @_exported public import Darwin
#elseif canImport(Musl)
  @_exported public import Musl
#else
  @_exported public import Glibc
#endif

/// Keeps this process alive when it writes to one that has just ended: the end is the other's, not ours.
///
/// A program that handles the signal itself keeps its handler.
public func ignoreBrokenPipes() {
  guard let former = signal(SIGPIPE, SIG_IGN) else { return }  // there was no handler
  signal(SIGPIPE, former)
}

/// The addresses at which this machine can be reached now, of all its interfaces, as numbers without a zone.
public func machineAddresses() -> Set<String> {
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
