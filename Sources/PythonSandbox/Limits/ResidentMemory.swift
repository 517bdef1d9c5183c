import SystemSupport

/// The memory that a process has.
public enum ResidentMemory {
  /// The number of bytes; nil where the system does not tell, and for a process that is gone.
  public static func bytes(of process: Int32) -> Int? {
    guard let data = FileManager.default.contents(atPath: "/proc/\(process)/statm") else { return nil }
    let fields = data.split(separator: UInt8(ascii: " "), maxSplits: 2)
    guard fields.count == 3, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else { return nil }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// The same in MB.
  static func megabytes(of process: Int32) -> Int? {
    bytes(of: process).map { $0 >> 20 }
  }
}
