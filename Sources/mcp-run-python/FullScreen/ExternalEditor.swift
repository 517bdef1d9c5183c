import Subprocess
import SystemPackage
import SystemSupport

/// The user's editor, `$VISUAL` or `$EDITOR`, for a message that is changed before it is sent.
enum ExternalEditor {
  /// Opens the editor on the text, and waits until the user has left it. The caller must have given the
  /// terminal back.
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
    guard await run(editor, file.path), let data = try? Data(contentsOf: file) else { return nil }
    let changed = String(decoding: data, as: UTF8.self)
    return changed == text ? nil : changed
  }

  /// Runs the editor through a shell, because $EDITOR may hold arguments. It stays in this program's process
  /// group, so that it may read from the terminal. Ctrl-C is then for the editor alone.
  private static func run(_ editor: String, _ file: String) async -> Bool {
    let ignored = [SIGINT, SIGQUIT].map { ($0, signal($0, SIG_IGN)) }
    defer { for (number, action) in ignored { signal(number, action) } }
    let result = try? await Subprocess.run(
      .path("/bin/sh"), arguments: ["-c", "\(editor) \"$1\"", "sh", file],
      input: .currentStandardInput, output: .currentStandardOutput, error: .currentStandardError)
    return result?.terminationStatus.isSuccess == true
  }
}
