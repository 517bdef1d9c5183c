internal import SystemPackage
import SystemSupport

/// The flags of `open` in the numbers that the guest has, which are those of Linux on x86-64.
struct LinuxFlags: OptionSet {
  let rawValue: Int

  static let writesOnly = LinuxFlags(rawValue: 0o1)
  static let readsAndWrites = LinuxFlags(rawValue: 0o2)
  static let makes = LinuxFlags(rawValue: 0o100)
  static let makesNew = LinuxFlags(rawValue: 0o200)
  static let empties = LinuxFlags(rawValue: 0o1000)
  static let appends = LinuxFlags(rawValue: 0o2000)
  static let folder = LinuxFlags(rawValue: 0o200000)
  static let keepsLink = LinuxFlags(rawValue: 0o400000)

  var writes: Bool { contains(.writesOnly) || contains(.readsAndWrites) }
  /// True when the file, or its folder, may be another one afterwards.
  var changes: Bool { writes || contains(.makes) || contains(.empties) }

  /// The same in the numbers of this system.
  var native: Int32 {
    let names: [(LinuxFlags, Int32)] = [
      (.makes, O_CREAT), (.makesNew, O_EXCL), (.empties, O_TRUNC), (.appends, O_APPEND),
      (.folder, O_DIRECTORY),
    ]
    let way = contains(.readsAndWrites) ? O_RDWR : contains(.writesOnly) ? O_WRONLY : O_RDONLY
    return names.reduce(way) { contains($1.0) ? $0 | $1.1 : $0 }
  }
}

/// Changes of what a mount has. Nothing is written that lets others act as the owner of a file.
extension FileWork {
  static let permissions = 0o777

  func change(_ request: FileRequest, in root: MountedRoot) throws(Errno) {
    let path = request.path ?? ""
    switch request.operation {
    case .make:
      let (folder, name) = try root.parent(of: path)
      try check(mkdirat(folder.number, name, mode_t((request.mode ?? 0) & Self.permissions)))
    case .remove:
      let (folder, name) = try root.parent(of: path)
      try check(unlinkat(folder.number, name, request.flags == 1 ? AT_REMOVEDIR : 0))
    case .rename:
      let (folder, name) = try root.parent(of: path)
      let (otherFolder, otherName) = try root.parent(of: request.other ?? "")
      try check(renameat(folder.number, name, otherFolder.number, otherName))
    case .link:
      let (folder, name) = try root.parent(of: path)
      try check(symlinkat(request.other ?? "", folder.number, name))
    default: try changeAttributes(request, in: root)
    }
  }

  /// Changes size, mode and times of a file, by its handle or its path.
  private func changeAttributes(_ request: FileRequest, in root: MountedRoot) throws(Errno) {
    if request.handle != nil {
      let file = try writableOrAny(of: request, needsWriting: request.length != nil)
      return try changeAttributes(request, of: file)
    }
    let flags = request.length == nil ? O_RDONLY : O_WRONLY
    let (file, _) = try root.content(request.path ?? "", flags, mode: 0, follows: request.flags == 1)
    try changeAttributes(request, of: file.number)
  }

  private func changeAttributes(_ request: FileRequest, of file: Int32) throws(Errno) {
    if let size = request.length { try check(ftruncate(file, off_t(size))) }
    if let mode = request.mode { try check(fchmod(file, mode_t(mode & Self.permissions))) }
    if request.read != nil || request.changed != nil {
      try check(futimens(file, [Self.time(request.read), Self.time(request.changed)]))
    }
  }

  private static func time(_ milliseconds: Double?) -> timespec {
    #if os(Linux)
      let unchanged = timespec(tv_sec: 0, tv_nsec: (1 << 30) - 2)
    #else
      let unchanged = timespec(tv_sec: 0, tv_nsec: -2)
    #endif
    guard let milliseconds else { return unchanged }
    let seconds = (milliseconds / 1000).rounded(.down)
    let rest = ((milliseconds - seconds * 1000) * 1_000_000).rounded(.down)
    return timespec(tv_sec: Int(seconds), tv_nsec: min(999_999_999, max(0, Int(rest))))
  }

  private func check(_ result: Int32) throws(Errno) {
    guard result == 0 else { throw Errno(rawValue: errno) }
  }
}
