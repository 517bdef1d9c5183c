internal import CMounts
internal import Synchronization
internal import SystemPackage
import SystemSupport

/// Does what requests ask for. It blocks, so it has a thread of its own, and is used there alone.
final class FileWork {
  private let roots: [MountedRoot]
  private var open: [Int: OpenFile] = [:]
  private var lastHandle = 0

  private struct OpenFile {
    let file: Int32
    let mount: Int
    let isWritable: Bool
  }

  /// The most files that one interpreter has open here.
  private static let mostOpen = 256
  /// The number of files that all interpreters have open here.
  private static let openCount = Atomic<Int>(0)
  /// The bytes that come with the answer to `open`: most files are smaller.
  private static let firstContent = 1 << 16

  init(_ mounts: [Mount]) {
    roots = mounts.map { MountedRoot($0) }
  }

  deinit {
    for handle in open.keys { close(handle) }
  }

  func answer(_ request: FileRequest) -> FileReply {
    if let closing = request.closing { close(closing) }
    do {
      return try perform(request)
    } catch {
      return FileReply(error: error.rawValue)
    }
  }

  private func perform(_ request: FileRequest) throws(Errno) -> FileReply {
    let root = roots[request.mount]
    let path = request.path ?? ""
    switch request.operation {
    case .stat:
      if request.handle != nil {
        return FileReply(attributes: try attributes(of: try file(of: request).file))
      }
      let place = try root.place(path, follows: request.flags == 1)
      return FileReply(attributes: Self.attributes(try root.status(of: place)))
    case .open: return try open(request, in: root)
    case .read: return try read(request)
    case .write: return try write(request)
    case .list: return try list(request, in: root)
    case .target:
      let place = try root.place(path, follows: false)
      return FileReply(content: try Self.target(of: place))
    case .close:
      if let handle = request.handle { close(handle) }
      return FileReply()
    case .sync:
      guard fsync(try file(of: request).file) == 0 else { throw Errno(rawValue: errno) }
      return FileReply()
    case .make, .remove, .rename, .link, .change:
      guard root.access == .writeThrough else { throw .readOnlyFileSystem }
      try change(request, in: root)
      return FileReply()
    }
  }

  // MARK: Files that are open

  private func open(_ request: FileRequest, in root: MountedRoot) throws(Errno) -> FileReply {
    let flags = LinuxFlags(rawValue: request.flags ?? 0)
    if flags.changes, root.access != .writeThrough { throw .readOnlyFileSystem }
    let (file, status) = try root.content(
      request.path ?? "", flags.native, mode: UInt32(request.mode ?? 0), follows: !flags.contains(.keepsLink))
    var reply = FileReply(attributes: Self.attributes(status))
    // A folder is only named: its list is asked for by its path.
    if status.st_mode & S_IFMT == S_IFDIR { return reply }
    let isFull = Self.openCount.load(ordering: .relaxed) > Self.budget
    guard open.count < Self.mostOpen, !isFull else { throw .tooManyOpenFiles }
    if !flags.changes {
      reply.content = try Self.bytes(
        of: file.number, from: 0, count: min(Self.firstContent, Int(status.st_size) + 1))
    }
    reply.handle = keep(file.release(), request.mount, isWritable: flags.writes)
    return reply
  }

  /// Half of the files that this process may have open.
  private static let budget: Int = {
    var limit = rlimit()
    #if os(Linux)
      let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let kind = RLIMIT_NOFILE
    #endif
    return getrlimit(kind, &limit) == 0 ? Int(min(limit.rlim_cur, 1 << 20)) / 2 : 128
  }()

  private func keep(_ file: Int32, _ mount: Int, isWritable: Bool) -> Int {
    lastHandle += 1
    open[lastHandle] = OpenFile(file: file, mount: mount, isWritable: isWritable)
    Self.openCount.add(1, ordering: .relaxed)
    return lastHandle
  }

  private func close(_ handle: Int) {
    guard let file = open.removeValue(forKey: handle) else { return }
    Self.openCount.subtract(1, ordering: .relaxed)
    _ = SystemSupport.close(file.file)
  }

  /// The open file of a request. It is of the request's mount, whose access decides what may be done.
  private func file(of request: FileRequest) throws(Errno) -> OpenFile {
    guard let handle = request.handle, let file = open[handle], file.mount == request.mount else {
      throw .badFileDescriptor
    }
    return file
  }

  func writableOrAny(of request: FileRequest, needsWriting: Bool) throws(Errno) -> Int32 {
    let file = try file(of: request)
    guard file.isWritable || !needsWriting else { throw .invalidArgument }
    return file.file
  }

  private func read(_ request: FileRequest) throws(Errno) -> FileReply {
    let file = try file(of: request)
    return FileReply(
      content: try Self.bytes(of: file.file, from: request.offset ?? 0, count: request.length ?? 0))
  }

  /// Reads until the bytes are there or the file ends.
  private static func bytes(of file: Int32, from offset: Int, count: Int) throws(Errno) -> [UInt8] {
    var failure: Errno?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count, let start = buffer.baseAddress {
        let taken = pread(file, start + filled, count - filled, off_t(offset + filled))
        if taken < 0, errno == EINTR { continue }
        if taken < 0, filled == 0 { failure = Errno(rawValue: errno) }
        if taken <= 0 { return }
        filled += taken
      }
    }
    if let failure { throw failure }
    return bytes
  }

  private func write(_ request: FileRequest) throws(Errno) -> FileReply {
    let file = try file(of: request)
    guard file.isWritable else { throw .badFileDescriptor }
    let content = request.content
    var (written, failure) = (0, Errno?.none)
    content.withUnsafeBytes { buffer in
      while written < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
        let count = pwrite(file.file, rest.baseAddress, rest.count, off_t((request.offset ?? 0) + written))
        if count < 0, errno == EINTR { continue }
        if count < 0 { failure = Errno(rawValue: errno) }
        if count <= 0 { return }
        written += count
      }
    }
    if written == 0, let failure { throw failure }
    return FileReply(count: written)
  }

  // MARK: Attributes

  private func attributes(of file: Int32) throws(Errno) -> [Double] {
    var status = SystemSupport.stat()
    guard fstat(file, &status) == 0 else { throw Errno(rawValue: errno) }
    return Self.attributes(status)
  }

  private static func attributes(_ status: stat) -> [Double] {
    func milliseconds(_ time: timespec) -> Double {
      Double(time.tv_sec) * 1000 + Double(time.tv_nsec / 1_000_000)
    }
    #if os(Linux)
      let times = [status.st_atim, status.st_mtim, status.st_ctim]
    #else
      let times = [status.st_atimespec, status.st_mtimespec, status.st_ctimespec]
    #endif
    return [
      Double(status.st_mode & ~0o6000), Double(status.st_size), Double(status.st_ino),
      Double(status.st_nlink),
      Double(status.st_blocks),
    ] + times.map(milliseconds)
  }

  private static func target(of link: Descriptor) throws(Errno) -> [UInt8] {
    var failure: Errno?
    let bytes = [UInt8](unsafeUninitializedCapacity: FileRequest.longestPath) { buffer, filled in
      guard let start = buffer.baseAddress else { return }
      let count = readlinkat(link.number, "", start, buffer.count)
      if count < 0 { failure = Errno(rawValue: errno) } else { filled = count }
    }
    // A file that is no link is told so by the number for a missing path.
    if let failure { throw failure == .noSuchFileOrDirectory ? .invalidArgument : failure }
    return bytes
  }

  // MARK: Folders

  /// Gives the first entries of a folder, and a handle for the rest; with a handle, the next entries.
  private func list(_ request: FileRequest, in root: MountedRoot) throws(Errno) -> FileReply {
    let handle: Int
    let listed: Int32
    if let known = request.handle {
      (handle, listed) = (known, try file(of: request).file)
    } else {
      let (folder, status) = try root.content(request.path ?? "", O_RDONLY, mode: 0, follows: true)
      guard status.st_mode & S_IFMT == S_IFDIR else { throw .notDirectory }
      guard open.count < Self.mostOpen else { throw .tooManyOpenFiles }
      listed = folder.number
      handle = keep(folder.release(), request.mount, isWritable: false)
    }
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: FileRequest.most) { buffer, filled in
      guard let start = buffer.baseAddress else { return }
      count = mounts_list(listed, start, buffer.count)
      filled = max(0, count)
    }
    // A page with room for more is the last one.
    let isLast = count < FileRequest.most - Int(MOUNTS_LEAST_ENTRIES)
    if count < 0 || isLast { close(handle) }
    if count < 0 { throw Errno(rawValue: Int32(-count)) }
    return FileReply(handle: isLast ? nil : handle, count: isLast ? 1 : 0, content: bytes)
  }
}
