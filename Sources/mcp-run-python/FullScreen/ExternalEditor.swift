import Foundation

/// `$VISUAL` or `$EDITOR`, for a message that is to be changed before it is sent.
enum ExternalEditor {
  /// Opens the editor on the text and waits until the user has left it. The terminal must have been given back.
  ///
  /// - Returns: the changed text; nil when nothing was changed or the editor failed.
  static func edit(_ text: String) async -> String? {
    let environment = ProcessInfo.processInfo.environment
    let editor = environment["VISUAL"] ?? environment["EDITOR"] ?? "vi"
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("mcp-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    guard
      FileManager.default.createFile(
        atPath: file.path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    else { return nil }
    // Through a shell, as $EDITOR may hold arguments.
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "\(editor) \"$1\"", "sh", file.path]
    let status: Int32 = await withCheckedContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
      } catch {
        continuation.resume(returning: 127)
      }
    }
    guard status == 0, let data = try? Data(contentsOf: file) else { return nil }
    let changed = String(decoding: data, as: UTF8.self)
    return changed == text ? nil : changed
  }
}
