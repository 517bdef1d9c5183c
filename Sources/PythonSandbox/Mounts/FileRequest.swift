internal import JSON

/// A request of the guest for what is below a mount. Its content, if it has any, follows it.
struct FileRequest: Equatable {
  enum Operation: String, CaseIterable {
    case stat, open, read, write, list, make, remove, rename, link, target, change, sync, close
  }

  var request: Int
  var operation: Operation
  /// The number of the mount.
  var mount: Int
  /// A path below the mount, relative to it; empty for the mount itself.
  var path: String?
  /// The other path of a rename, and the target of a link.
  var other: String?
  /// An open file, or a folder that is being listed.
  var handle: Int?
  var offset: Int?
  var length: Int?
  /// The flags of `open` in the numbers of Linux on x86-64; 1 follows a link, and removes a folder.
  var flags: Int?
  var mode: Int?
  /// The times of the last reading and the last change, in milliseconds since 1970.
  var read: Double?
  var changed: Double?
  /// A handle that is closed first.
  var closing: Int?
  var content: [UInt8] = []

  /// The most bytes of a path, with a zero at its end, as on Linux.
  static let longestPath = 4096
  /// The most bytes that one request reads or writes.
  static let most = 1 << 20
  private static let largest = 1 << 53

  init(_ fields: WireFields, following: inout Int) throws {
    request = try fields.integer("request")
    guard let named = Operation(rawValue: try fields.string("operation")) else { throw WireFields.Mismatch() }
    operation = named
    mount = try fields.integer("mount")
    path = try fields.optional("path", \.stringValue)
    other = try fields.optional("other", \.stringValue)
    handle = try fields.optional("handle", \.intValue)
    offset = try fields.optional("offset", \.intValue)
    length = try fields.optional("length", \.intValue)
    flags = try fields.optional("flags", \.intValue)
    mode = try fields.optional("mode", \.intValue)
    read = try fields.optional("read", \.doubleValue)
    changed = try fields.optional("changed", \.doubleValue)
    closing = try fields.optional("closing", \.intValue)
    following = try fields.integer("bytes")
    guard (0...Self.most).contains(following) else { throw WireFields.Mismatch() }
  }

  /// True for a request that changes this machine's files.
  var writes: Bool {
    switch operation {
    case .write, .make, .remove, .rename, .link, .change: true
    case .open: !LinuxFlags(rawValue: flags ?? 0).isDisjoint(with: [.makes, .empties])
    case .stat, .read, .list, .target, .sync, .close: false
    }
  }

  /// True when all of it is within its bounds, to which the warden keeps, too.
  ///
  /// - Parameter mounts: The number of mounts that there are.
  func isWithinBounds(mounts: Int) -> Bool {
    func isPath(_ text: String?) -> Bool {
      guard let text else { return true }
      return text.utf8.count < Self.longestPath && !text.utf8.contains(0)
    }
    func isTime(_ time: Double?) -> Bool { (time.map(abs) ?? 0) < 1e15 }
    return (0..<mounts).contains(mount) && isPath(path) && path?.hasPrefix("/") != true && isPath(other)
      && (0...Self.largest).contains(offset ?? 0) && (0...Self.largest).contains(length ?? 0)
      && (operation == .change || (length ?? 0) <= Self.most)
      && (0...0o7777777).contains(flags ?? 0) && (0...0o7777).contains(mode ?? 0)
      && isTime(read) && isTime(changed) && (operation == .write || content.isEmpty)
  }
}

/// The answer to a request. Its content follows it.
struct FileReply: Sendable {
  /// The system's error in the numbers of Linux; 0 for none.
  var error: Int32 = 0
  var handle: Int?
  /// The number of bytes that were written, and 1 at the end of a list.
  var count: Int?
  /// The mode, size, number, links and blocks. Three times follow, in milliseconds since 1970: of reading, change,
  /// and change of the attributes.
  var attributes: [Double]?
  var content: [UInt8] = []

  func order(to request: Int) -> Order {
    .file(request: request, reply: self)
  }
}
