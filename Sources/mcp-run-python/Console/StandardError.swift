import SystemPackage

/// The user's side of stderr: messages, and a line that tells how long a step takes.
struct StandardError: TextOutputStream {
  mutating func write(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll(text.utf8)
  }

  static func print(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll((text + "\n").utf8)
  }
}
