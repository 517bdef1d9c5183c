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
      Exits with 0 if code can be run, else with 1.

      Examples:
        mcp-run-python doctor
        mcp-run-python doctor --cache-dir /srv/python
      """)

  @OptionGroup var cacheOptions: CacheOptions

  func run() async throws {
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
    let bytes = RunPythonServer.checkpointBytes
    return "with --state keep, saved after each run: up to \(bytes.ofSession >> 20) MB a session and "
      + "\(bytes.ofAll >> 20) MB in all; a larger state is skipped, and the log says so"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
