internal import SystemPackage
import SystemSupport

extension CacheDirectory {
  /// Puts a failed file operation into words.
  func unusable(_ error: any Error) -> SandboxError {
    let advice = "Choose another folder with --cache-dir or MCP_RUN_PYTHON_CACHE."
    switch (error as? CocoaError)?.code {
    case .fileWriteOutOfSpace:
      return SandboxError(
        .cacheUnusable, "The disk that holds \(root) is full.",
        advice: "Free some space, or c\(advice.dropFirst())")
    case .fileWriteVolumeReadOnly, .fileWriteNoPermission:
      return SandboxError(.cacheUnusable, "The cache folder \(root) cannot be written.", advice: advice)
    default:
      return SandboxError(
        .cacheUnusable, "The cache folder \(root) cannot be used: \(error).", advice: advice)
    }
  }
}
