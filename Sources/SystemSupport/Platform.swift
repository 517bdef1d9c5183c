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
