import SystemPackage

/// The user's side of stderr.
public struct StandardError: TextOutputStream {
  public init() {}

  public mutating func write(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll(text.utf8)
  }

  public static func print(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll((text + "\n").utf8)
  }
}
