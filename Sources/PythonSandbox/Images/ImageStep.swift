internal import JSON
internal import Subprocess
internal import SystemPackage
import SystemSupport

/// Runs the Deno processes that make an image, and the one that makes a runtime ready for it.
struct ImageStep: Sendable {
  let runtime: Runtime
  let guest: FilePath
  let environment: [String: String]
  let report: PreparationHandler

  /// The modules of the guest that lead to an image, in their order. The first one runs once for a runtime.
  enum Module: String, CaseIterable {
    case library, resolve, build, save

    /// Its source, from which the parts of an image's name are found.
    var source: String { "image/\(rawValue).ts" }
  }

  /// Runs `module` to its end.
  ///
  /// - Parameters:
  ///   - argument: The argument that the module gets, as JSON.
  ///   - write: The folder or file that the process may write.
  /// - Throws: `SandboxError` with the step's own reason.
  func run(
    _ module: Module, _ argument: JSONObject, read: [FilePath] = [], write: FilePath,
    network: NetworkPolicy? = nil, engineFlags: [String] = DenoCommand.pythonEngineFlags
  ) async throws {
    let deno = DenoCommand(
      runtime: runtime, guest: guest, module: "image/\(module.rawValue).js",
      arguments: [JSON.object(argument).text],
      read: read, write: [write], network: network, engineFlags: engineFlags)
    let handed = deno.environment(from: environment)
    let (executable, line) = deno.launch(environment: handed)
    let program = CommandLineProgram(executable: executable, arguments: line, environment: handed)
    let (success, lines): (Bool, [String])
    do {
      (success, lines) = try await program.run { line in
        guard let message = Self.message(line) else { return report(.init(.debug, line)) }
        if message.kind == "log", let text = message.text { report(.init(message.level ?? .debug, text)) }
      }
    } catch is CommandLineProgram.NotFound {
      throw SandboxError(.runtimeUnavailable, "\(runtime.deno) cannot be run.")
    }
    if !success { throw Self.explain(lines, cache: runtime.cache) }
  }

  /// A line that a step writes to stdout.
  private struct Message {
    let kind: String
    let level: PreparationEvent.Level?
    let text: String?
    let reason: String?

    init(_ fields: WireFields) throws(WireFields.Mismatch) {
      kind = try fields.string("kind")
      level = try fields.optional("level") { $0.stringValue.flatMap(PreparationEvent.Level.init) }
      text = try fields.optional("text", \.stringValue)
      reason = try fields.optional("reason", \.stringValue)
    }
  }

  private static func message(_ line: String) -> Message? {
    (try? JSON(parsing: line.utf8)).flatMap { try? Message(WireFields($0)) }
  }

  private static func explain(_ lines: [String], cache: CacheDirectory) -> SandboxError {
    let reason = lines.compactMap { message($0)?.reason }.last
    let text = reason ?? lines.suffix(5).joined(separator: "\n")
    if text.contains("No space left") || text.contains("Disk quota") {
      return SandboxError(
        .cacheUnusable, "The disk that holds \(cache.root) is full, so the packages could not be installed.",
        remedy: .installElsewhere(isFull: true))
    }
    return SandboxError(.installFailed, text)
  }
}
