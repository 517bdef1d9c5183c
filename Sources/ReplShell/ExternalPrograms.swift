import Repl
import Subprocess
import SystemPackage
import SystemSupport

/// Does the orders of `:save-image` and `:open`.
enum ImageFiles {
  #if os(macOS)
    private static let viewer = "open"
    private static let advice = ""
  #else
    private static let viewer = "xdg-open"
    private static let advice = " It is in the package xdg-utils."
  #endif

  /// The time in which a viewer's failure shows. The viewer itself may run as long as the image is looked at.
  private static let patience = Duration.seconds(1)

  /// - Returns: a sentence about the work done.
  /// - Throws: ``CommandFailure``
  static func perform(_ command: ImageCommand) async throws -> String {
    switch command {
    case .save(let image, let path):
      do {
        try Data(image.bytes).write(to: URL(fileURLWithPath: expandingHome(path)), options: .atomic)
      } catch {
        throw CommandFailure("The file \(path) cannot be written.")
      }
      return "Saved image \(image.number) to \(path)."
    case .open(let image): return try await open(image)
    }
  }

  private static func open(_ image: SessionImage) async throws -> String {
    guard let ending = image.fileExtension else {
      throw CommandFailure("An image of the type \(image.mimeType) is not opened; :save-image FILE saves it.")
    }
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("mcp-run-python-\(UUID().uuidString).\(ending)")
    guard
      FileManager.default.createFile(
        atPath: file.path, contents: Data(image.bytes), attributes: [.posixPermissions: 0o600])
    else { throw CommandFailure("The file \(file.path) cannot be written.") }
    if let failure = await earlyFailure(ofViewing: file) {
      try? FileManager.default.removeItem(at: file)
      throw failure
    }
    return "Opened image \(image.number) with \(viewer)."
  }

  /// Gives the failure that comes within the user's patience. A viewer that goes on is left to itself.
  private static func earlyFailure(ofViewing file: URL) async -> CommandFailure? {
    let (outcomes, first) = AsyncStream<CommandFailure?>.makeStream()
    Task { first.yield(await failure(ofViewing: file)) }
    Task {
      try? await Task.sleep(for: patience)
      first.yield(nil)
    }
    for await outcome in outcomes { return outcome }
    return nil
  }

  private static func failure(ofViewing file: URL) async -> CommandFailure? {
    var options = PlatformOptions()
    // A group of its own keeps keys such as Ctrl-C from the viewer.
    options.processGroupID = 0
    do {
      let result = try await Subprocess.run(
        .name(viewer), arguments: [file.path], platformOptions: options, input: .none, output: .discarded,
        error: .discarded)
      if result.terminationStatus.isSuccess { return nil }
      return CommandFailure("\(viewer) found no viewer for the image; :save-image FILE saves it.")
    } catch {
      return CommandFailure("\(viewer) was not found.\(advice) :save-image FILE saves the image.")
    }
  }
}

/// A path whose `~` at the beginning is the user's home.
func expandingHome(_ path: String) -> String {
  guard path.hasPrefix("~/"), let home = ProcessInfo.processInfo.environment["HOME"] else { return path }
  return home + path.dropFirst()
}

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
