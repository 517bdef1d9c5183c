internal import SystemPackage
import SystemSupport

extension CacheDirectory {
  /// Puts a failed file operation into words.
  func unusable(_ error: any Error) -> SandboxError {
    switch (error as? CocoaError)?.code {
    case .fileWriteOutOfSpace:
      return SandboxError(
        .cacheUnusable, "The disk that holds \(root) is full.",
        remedy: .moveCache(isFull: true))
    case .fileWriteVolumeReadOnly, .fileWriteNoPermission:
      return SandboxError(
        .cacheUnusable, "The cache folder \(root) cannot be written.", remedy: .moveCache(isFull: false))
    default:
      return SandboxError(
        .cacheUnusable, "The cache folder \(root) cannot be used: \(error).",
        remedy: .moveCache(isFull: false))
    }
  }
}
