public import SystemPackage
import SystemSupport

/// A folder or a file of this machine that code finds among its own.
public struct Mount: Sendable, Hashable {
  /// The things that code may do with it.
  public enum Access: String, Sendable, Hashable, CaseIterable {
    /// Code reads what is there now.
    case readOnly = "ro"
    /// Code reads, and its writes are done there at once.
    case writeThrough = "rw"
    /// Code may change what it sees, and the changes stay in its session.
    case overlay
  }

  /// The path on this machine, absolute and without links.
  public let host: FilePath
  /// The path that code finds it at.
  public let guest: String
  public let access: Access
  /// True for a single file.
  let isFile: Bool

  /// - Parameters:
  ///   - host: The path on this machine; a relative one begins at the current folder.
  ///   - guest: The path that code finds it at; nil for `/mnt/NAME`.
  /// - Throws: `SandboxError.mountRefused` when there is nothing to be found, and for a path that code needs itself.
  public init(host: String, guest: String? = nil, access: Access = .readOnly) throws(SandboxError) {
    #if !os(Linux)
      throw SandboxError(.mountRefused, "Only on Linux code can be shown files of this machine.")
    #endif
    guard let real = realpath(host, nil) else {
      throw SandboxError(
        .mountRefused, "\(host.foreignLine()) cannot be mounted: \(Errno(rawValue: errno)).")
    }
    defer { free(real) }
    self.host = FilePath(platformString: real)
    var status = stat()
    guard stat(real, &status) == 0 else {
      throw SandboxError(
        .mountRefused, "\(host.foreignLine()) cannot be mounted: \(Errno(rawValue: errno)).")
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: isFile = false
    case S_IFREG: isFile = true
    default:
      throw SandboxError(
        .mountRefused, "\(host.foreignLine()) cannot be mounted: it is neither a folder nor a file.")
    }
    if guest == nil, self.host.lastComponent == nil {
      throw SandboxError(.mountRefused, "\(host.foreignLine()) has no name, so name the path for the code.")
    }
    self.guest = guest ?? "/mnt/\(self.host.lastComponent?.string ?? "")"
    self.access = access
    try Self.check(self.guest)
  }

  /// The folders in which Python itself, or the system that it sees, has its files.
  private static let ownFolders = ["/lib", "/site", "/dev", "/proc", "/sys", "/etc", "/usr", "/bin", "/sbin"]
  /// The folders that code needs, in which other things may lie.
  private static let neededFolders = ["/", "/work", "/tmp", "/home", "/home/pyodide", "/home/web_user"]

  private static func check(_ guest: String) throws(SandboxError) {
    let shown = guest.foreignLine()
    let parts = guest.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    let isPlain =
      guest.hasPrefix("/") && guest.utf8.count < 1000 && !guest.unicodeScalars.contains { $0.value < 0x20 }
      && (guest == "/" || parts.allSatisfy { !["", ".", ".."].contains($0) && $0.utf8.count < 256 })
    guard isPlain else {
      throw SandboxError(.mountRefused, "The path for the code must be absolute and plain, unlike \(shown).")
    }
    let covered =
      neededFolders.contains(guest) || ownFolders.contains { guest == $0 || guest.hasPrefix($0 + "/") }
    if covered {
      throw SandboxError(
        .mountRefused, "Nothing can be mounted at \(shown), since Python needs what is there.")
    }
  }

  /// Checks that no mount covers another one.
  ///
  /// - Throws: `SandboxError.mountRefused` that names both.
  public static func checkApart(_ mounts: [Mount]) throws(SandboxError) {
    for (index, mount) in mounts.enumerated() {
      for other in mounts[(index + 1)...] {
        let isApart =
          !(mount.guest + "/").hasPrefix(other.guest + "/")
          && !(other.guest + "/").hasPrefix(mount.guest + "/")
        guard isApart else {
          throw SandboxError(
            .mountRefused,
            "The mounts at \(mount.guest.foreignLine()) and \(other.guest.foreignLine()) cover each other.")
        }
      }
    }
  }
}
