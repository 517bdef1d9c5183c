import SystemPackage
import SystemSupport

/// A file of history records. Every access opens it anew and locks it, because another program may have replaced it.
struct HistoryFile: Sendable {
  struct Opening {
    /// The file; `nil` when none can be had.
    var file: HistoryFile?
    var entries: [String]
    var notice: String?
  }

  private enum Damage: Error {
    case foreign
  }

  let path: FilePath

  /// Reads the file, or makes it. A file that is no history is set aside and never changed.
  static func open(_ path: FilePath) -> Opening {
    let file = HistoryFile(path: resolved(path))
    do {
      try makeFolders(of: file.path)
      return Opening(file: file, entries: try file.read())
    } catch {
      guard let aside = file.setAside() else {
        return Opening(
          file: nil, entries: [],
          notice: "The history file \(path) cannot be used (\(reason(error))); "
            + "what you type is remembered for this session only.")
      }
      let notice = "The history file \(path) could not be read (\(reason(error))); it is kept as \(aside)"
      do {
        return Opening(
          file: file, entries: try file.read(), notice: notice + " and a new one was started.")
      } catch {
        return Opening(file: nil, entries: [], notice: notice + ".")
      }
    }
  }

  /// Appends a record with one write.
  func append(_ record: String) throws {
    try withLockedFile { descriptor in
      _ = try descriptor.writeAll(Self.terminated(record, after: descriptor).utf8)
    }
  }

  /// Keeps the last `limit` records.
  ///
  /// - Returns: the number of records that the file then holds.
  func shorten(to limit: Int) throws -> Int {
    try withLockedFile { descriptor in
      let records = try Self.records(of: descriptor)
      guard records.count > limit else { return records.count }
      let kept = records.suffix(limit)
      let text = ([HistoryRecord.header] + kept.map(String.init)).joined(separator: "\n") + "\n"
      let draft = FilePath(path.string + ".\(getpid()).new")
      do {
        let file = try FileDescriptor.open(
          draft, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
        try file.closeAfter {
          _ = try file.writeAll(text.utf8)
          fsync(file.rawValue)
        }
        try Self.move(draft, to: path)
      } catch {
        unlink(draft.string)
        throw error
      }
      return kept.count
    }
  }

  private func read() throws -> [String] {
    try withLockedFile { descriptor in
      try Self.records(of: descriptor).map { HistoryRecord.decode($0) }
    }
  }

  private static func records(of descriptor: FileDescriptor) throws -> [Substring] {
    let bytes = try contents(of: descriptor)
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw Damage.foreign
    }
    let lines = text.split(separator: "\n")
    guard lines.first.map({ $0 == HistoryRecord.header }) ?? true else { throw Damage.foreign }
    return Array(lines.dropFirst())
  }

  /// Adds the text around a record: the header in an empty file, a newline after a torn record.
  private static func terminated(_ record: String, after descriptor: FileDescriptor) throws -> String {
    let end = try descriptor.seek(offset: 0, from: .end)
    if end == 0 { return "\(HistoryRecord.header)\n\(record)\n" }
    var last: [UInt8] = [0]
    _ = try last.withUnsafeMutableBytes { try descriptor.read(fromAbsoluteOffset: end - 1, into: $0) }
    return last == [UInt8(ascii: "\n")] ? record + "\n" : "\n\(record)\n"
  }

  private static func contents(of descriptor: FileDescriptor) throws -> [UInt8] {
    let size = try descriptor.seek(offset: 0, from: .end)
    return try [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
      while count < Int(size) {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
        let read = try descriptor.read(fromAbsoluteOffset: Int64(count), into: rest)
        if read == 0 { break }
        count += read
      }
    }
  }

  /// Runs `body` with the file at the path, locked. A missing file is made.
  private func withLockedFile<Result>(_ body: (FileDescriptor) throws -> Result) throws -> Result {
    while true {
      let descriptor = try FileDescriptor.open(
        path, .readWrite, options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite)
      let result: Result? = try descriptor.closeAfter {
        // A file system without locks still appends whole records.
        while flock(descriptor.rawValue, LOCK_EX) == -1, errno == EINTR {}
        guard isCurrent(descriptor) else { return nil }
        return try body(descriptor)
      }
      if let result { return result }
    }
  }

  private func isCurrent(_ descriptor: FileDescriptor) -> Bool {
    var opened = stat()
    var named = stat()
    guard fstat(descriptor.rawValue, &opened) == 0, stat(path.string, &named) == 0 else { return false }
    return opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
  }

  private func setAside() -> FilePath? {
    for number in 1...1_000 {
      let aside = FilePath(path.string + ".kept-\(number)")
      var status = stat()
      if lstat(aside.string, &status) == 0 { continue }
      do {
        try Self.move(path, to: aside)
        return aside
      } catch {
        return nil
      }
    }
    return nil
  }

  private static func move(_ source: FilePath, to target: FilePath) throws {
    guard rename(source.string, target.string) == 0 else { throw Errno(rawValue: errno) }
  }

  private static func makeFolders(of path: FilePath) throws {
    var missing: [FilePath] = []
    var folder = path.removingLastComponent()
    var status = stat()
    while !folder.isEmpty, stat(folder.string, &status) != 0, folder.lastComponent != nil {
      missing.append(folder)
      folder.removeLastComponent()
    }
    for folder in missing.reversed() where mkdir(folder.string, 0o700) != 0 && errno != EEXIST {
      throw Errno(rawValue: errno)
    }
  }

  /// The path behind symbolic links, so that rewriting the file does not replace a link.
  private static func resolved(_ path: FilePath) -> FilePath {
    guard let real = realpath(path.string, nil) else { return path }
    defer { free(real) }
    return FilePath(platformString: real)
  }

  private static func reason(_ error: any Error) -> String {
    error is Damage ? "it is no history" : "\(error)"
  }
}

/// An entry as a line of a history file, in the format of libedit's `H_SAVE` and `H_LOAD`. Backslashes are
/// doubled, blanks and control characters are octal escapes; other text stays UTF-8.
enum HistoryRecord {
  static let header = "_HiStOrY_V2_"

  static func encode(_ entry: String) -> String {
    var line = ""
    for scalar in entry.unicodeScalars {
      switch scalar.value {
      case 0x5c: line += "\\\\"
      case 0x00...0x20, 0x7f:
        let digits = String(scalar.value, radix: 8)
        line += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  /// Reads a record; unknown escapes stay as they are.
  static func decode(_ line: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(line.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(3).prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
      if rest.first == UInt8(ascii: "\\") {
        bytes.append(byte)
        rest.removeFirst()
      } else if let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8) {
        bytes.append(value)
        rest.removeFirst(digits.count)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
