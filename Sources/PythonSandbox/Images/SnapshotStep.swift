internal import JSON
internal import SystemPackage
import SystemSupport

/// Saves the heap of a Python that has imported an image's packages, so that interpreters need not import them
/// again.
struct SnapshotStep: Sendable {
  let step: ImageStep

  /// The time after which imports that have not ended are given up.
  private static let timeLimit = Duration.seconds(300)
  /// The modules that every run may need: this one encodes results.
  private static let always = ["pydantic_core"]

  /// Imports `modules` and writes the snapshot into the image's folder. A module that cannot be imported is left
  /// out.
  ///
  /// - Returns: The reason why there is no snapshot; nil when it was written. An image without one works, but starts
  ///   more slowly.
  /// - Throws: `SandboxError` for errors such as a full disk, and `CancellationError`.
  func save(_ modules: [String], in folder: FilePath) async throws -> String? {
    let file = folder.appending(Image.snapshotName)
    try Data().write(to: URL(fileURLWithPath: file.string))
    let imports = Self.always + modules
    // `Argument` in save.ts describes it.
    let argument: JSONObject = [
      "pyodide": .string(step.runtime.pyodide.string), "site": .string(folder.appending("site").string),
      "snapshot": .string(file.string), "imports": .array(imports.map(JSON.string)),
      "limits": .object(Limits(memory: Limits.memoryRange.upperBound).message),
    ]
    step.report(.init(.debug, "Saving a snapshot with \(imports.joined(separator: ", "))"))
    let reason: String
    do {
      try await withDeadline(Self.timeLimit) {
        try await step.run(
          .save, argument, read: [folder.appending("site")], write: file,
          engineFlags: DenoCommand.guestEngineFlags)
      }
      return nil
    } catch is DeadlinePassed {
      reason = "an import took longer than \(Self.timeLimit.inWords)"
    } catch let error as SandboxError where error.code == .installFailed {
      reason = error.message
    }
    try FileManager.default.removeItem(atPath: file.string)
    step.report(.init(.info, "Starts will be slower: no snapshot could be made (\(reason))"))
    return reason
  }
}

private struct DeadlinePassed: Error {}

/// Cancels `work` when it takes longer than `limit`, and throws `DeadlinePassed`.
private func withDeadline(
  _ limit: Duration, _ work: @escaping @Sendable () async throws -> Void
) async throws {
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask(operation: work)
    group.addTask {
      try await Task.sleep(for: limit)
      throw DeadlinePassed()
    }
    defer { group.cancelAll() }
    try await group.next()
  }
}
