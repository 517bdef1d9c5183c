import SystemSupport

/// The processor time that all threads of a process have used together.
enum ProcessorTime {
  /// Gives nil where the system does not tell, and for a process that is gone. The system counts in steps of 10 ms.
  static func used(by process: Int32) -> Duration? {
    guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return nil }
    return used(in: String(decoding: data, as: UTF8.self), ticksPerSecond: sysconf(Int32(_SC_CLK_TCK)))
  }

  /// The same from the text of `/proc/PID/stat`. The second field is a name in parentheses, which may hold any
  /// character; the twelfth and thirteenth after it are the ticks in the program and in the system.
  static func used(in text: String, ticksPerSecond: Int) -> Duration? {
    guard let name = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: name)...].split(separator: " ")
    guard ticksPerSecond > 0, fields.count > 12,
      let program = Int64(fields[11]), let system = Int64(fields[12])
    else { return nil }
    return .milliseconds((program + system) * 1000 / Int64(ticksPerSecond))
  }
}

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
