import ArgumentParser
import PythonSandbox
import RunPythonServer
import RunPythonTool
import SystemSupport

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what is installed where, what is missing, and how to get it.",
    discussion: """
      Exits with 0 if code can be run, else with 1. With --clean it frees space instead: each version of \
      mcp-run-python may bring its own runtime and make its own images, and those of the former ones stay.

      Examples:
        mcp-run-python doctor
        mcp-run-python doctor --cache-dir /srv/python
        mcp-run-python doctor --clean --dry-run
      """)

  @OptionGroup var cacheOptions: CacheOptions

  @Flag(help: "Remove what other versions left in the cache, but for what a process uses.")
  var clean = false

  @Flag(help: "With --clean: only say what would be removed.")
  var dryRun = false

  func validate() throws {
    if dryRun, !clean { throw ValidationError("--dry-run is for --clean.") }
  }

  func run() async throws {
    if clean {
      try await reportingFailures { try await removeLeftovers() }
    } else {
      try await examine()
    }
  }

  private func removeLeftovers() async throws {
    let leftovers = Leftovers(cache: cacheOptions.cache, environment: ProcessInfo.processInfo.environment)
    var freed = 0
    for folder in try leftovers.folders() {
      let outcome = dryRun ? .removed : try await leftovers.remove(folder)
      var words: String
      switch outcome {
      case .removed:
        words = dryRun ? "would go" : "removed "
        freed += folder.bytes
      case .inUse: words = "in use  "
      }
      words += " \(Self.size(folder.bytes))  \(folder.name)"
      if !folder.dependencies.isEmpty { words += "  (\(folder.dependencies.joined(separator: ", ")))" }
      print(words.foreignLine(limit: 10_000))
    }
    let place = cacheOptions.cache.root
    if freed == 0 { return print("There is nothing to remove in \(place)") }
    print("\(dryRun ? "Would free" : "Freed") \(freed / 1_000_000) MB in \(place)")
  }

  /// A size in megabytes, set to the right.
  private static func size(_ bytes: Int) -> String {
    let text = "\(bytes / 1_000_000) MB"
    return String(repeating: " ", count: max(0, 7 - text.count)) + text
  }

  private func examine() async throws {
    let examination = await Examination(
      cache: cacheOptions.cache, environment: ProcessInfo.processInfo.environment, wording: .product)
    print("mcp-run-python  \(Product.version)")
    for finding in examination.findings {
      print("\(finding.isFine ? "ok     " : "MISSING") \(finding.name.padded(to: 12)) \(finding.text)")
      if let remedy = finding.remedy {
        print(String(repeating: " ", count: 21) + SandboxWording.product.sentence(remedy))
      }
    }
    print("ok      \("Checkpoints".padded(to: 12)) \(Self.checkpointLimits)")
    if !examination.findings.allSatisfy(\.isFine) { throw ExitCode.failure }
  }

  /// The limits of the checkpoints that are kept, in words.
  private static var checkpointLimits: String {
    let bytes = ToolServer.checkpointBytes
    return "with --state keep, saved after each run: up to \(bytes.ofSession >> 20) MB a session and "
      + "\(bytes.ofAll >> 20) MB in all; a larger state is skipped, and the log says so"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
