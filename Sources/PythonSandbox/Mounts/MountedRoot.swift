internal import CMounts
internal import SystemPackage
import SystemSupport

/// The folder of a mount, which is held open. All that is opened lies below it.
///
/// Paths come from the code, so the kernel keeps each below that folder, whatever is moved about meanwhile.
final class MountedRoot {
  let access: Mount.Access
  private let root: Int32
  /// The name of the only file that there is; nil for a folder.
  private let name: String?

  init(_ mount: Mount) {
    access = mount.access
    name = mount.isFile ? mount.host.lastComponent?.string : nil
    let folder = mount.isFile ? mount.host.removingLastComponent() : mount.host
    root = folder.withPlatformString { SystemSupport.open($0, MOUNTS_PATH | O_DIRECTORY | O_CLOEXEC) }
  }

  deinit { if root >= 0 { close(root) } }

  /// The way in which links are treated. With an overlay the guest follows them, since its own may lie on the way.
  private func links(follows: Bool) -> mounts_links {
    if access == .overlay { return MOUNTS_KEEP_ALL }
    return follows ? MOUNTS_FOLLOW : MOUNTS_KEEP_LAST
  }

  /// Opens a path without reading it or waking a device.
  func place(_ path: String, follows: Bool, isFolder: Bool = false) throws(Errno) -> Descriptor {
    try open(path, MOUNTS_PATH | (isFolder ? O_DIRECTORY : 0), mode: 0, follows: follows)
  }

  /// Opens a file or a folder for its content.
  ///
  /// - Throws: `Errno.permissionDenied` for anything else, and for files that are the kernel's words.
  func content(_ path: String, _ flags: Int32, mode: UInt32, follows: Bool) throws(Errno) -> (
    Descriptor, stat
  ) {
    // To open a device may do something, so its kind is asked first.
    if flags & O_CREAT == 0 { try Self.check(try status(of: place(path, follows: follows))) }
    let file = try open(path, flags | O_NONBLOCK | O_NOCTTY, mode: mode & 0o777, follows: follows)
    let status = try status(of: file)
    try Self.check(status)
    if mounts_is_of_the_kernel(file.number) == 1 { throw .permissionDenied }
    return (file, status)
  }

  private static func check(_ status: stat) throws(Errno) {
    switch status.st_mode & S_IFMT {
    case S_IFREG, S_IFDIR: return
    case S_IFLNK: throw .tooManySymbolicLinkLevels
    default: throw .permissionDenied
    }
  }

  func status(of file: Descriptor) throws(Errno) -> stat {
    var status = stat()
    guard fstat(file.number, &status) == 0 else { throw Errno(rawValue: errno) }
    return status
  }

  /// Opens the folder of a path, and gives the name in it.
  ///
  /// - Throws: `Errno.invalidArgument` for a path without a name of its own.
  func parent(of path: String) throws(Errno) -> (folder: Descriptor, name: String) {
    guard name == nil else { throw .resourceBusy }
    let parts = path.split(separator: "/")
    guard let last = parts.last, last != ".", last != ".." else { throw .invalidArgument }
    return (
      try place(parts.dropLast().joined(separator: "/"), follows: true, isFolder: true), String(last)
    )
  }

  private func open(_ path: String, _ flags: Int32, mode: UInt32, follows: Bool) throws(Errno) -> Descriptor {
    guard root >= 0 else { throw .noSuchFileOrDirectory }
    var place = path
    if let name {
      guard path.isEmpty else { throw .notDirectory }
      place = name
    }
    let file = mounts_open(root, place, flags, mode, links(follows: follows))
    guard file >= 0 else {
      let error = Errno(rawValue: -file)
      // A link that leads out of the root is one whose target the code does not have.
      throw error == .improperLink ? .noSuchFileOrDirectory : error
    }
    return Descriptor(file)
  }
}

/// An open file, which is closed with its last use.
final class Descriptor {
  private(set) var number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { if number >= 0 { close(number) } }

  /// Gives up the descriptor without closing it.
  func release() -> Int32 {
    defer { number = -1 }
    return number
  }
}
