internal import SystemPackage
import SystemSupport

/// The images on disk. The same dependencies, runtime and builder have one image, which is made once.
public struct ImageStore: Sendable {
  /// The folder that has the images.
  public let cache: CacheDirectory
  /// The process's environment. The resolver gets from it the address of a package index, proxies and certificates.
  let environment: [String: String]

  public init(cache: CacheDirectory, environment: [String: String]) {
    self.cache = cache
    self.environment = environment
  }

  /// The image for `dependencies`, which is built if need be.
  ///
  /// - Throws: `SandboxError`, with `installFailed` and micropip's reason for a package that cannot be had. An
  ///   unfinished image is removed.
  public func image(
    for dependencies: Dependencies, runtime: Runtime, offline: Bool, report: @escaping PreparationHandler
  ) async throws -> Image {
    let target = try path(of: dependencies, runtime: runtime)
    try cache.checkOwners(upTo: target)
    if let image = Image(at: target) { return image }
    let name = target.lastComponent?.string ?? "image"
    return try await cache.withLock(name) {
      report(.init(.info, "Another process is building the same image; waiting for it"))
    } work: {
      if let image = Image(at: target) { return image }
      cache.removeLeftovers(of: target)
      let builder = ImageBuilder(
        runtime: runtime, guest: try await GuestCode.folder(for: runtime), environment: environment,
        report: report)
      try await cache.makeWhole(target) { folder in
        try await builder.build(dependencies, in: folder, offline: offline)
      }
      guard let image = Image(at: target) else {
        throw SandboxError(.cacheUnusable, "The image \(target) was built but cannot be read.")
      }
      return image
    }
  }

  /// All whole images, in the order of their names.
  public func images() -> [Image] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: cache.images.string)) ?? []
    return names.sorted().compactMap { Image(at: cache.images.appending($0)) }
  }

  /// The place of the image for `dependencies`, which may not be there.
  func path(of dependencies: Dependencies, runtime: Runtime) throws -> FilePath {
    let parts =
      [try runtime.identity()] + GuestCode.imageMakers + dependencies.requirements.map { Array($0.utf8) }
    return cache.images.appending(digest(of: parts))
  }
}
