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
