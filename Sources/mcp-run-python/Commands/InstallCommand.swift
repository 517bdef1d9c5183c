import ArgumentParser
import PythonSandbox

struct InstallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Fetch the runtime and install packages, so that later starts need no network.")

  @OptionGroup var dependencyOptions: DependencyOptions
  @OptionGroup var cacheOptions: CacheOptions

  func run() async throws {
    let sandbox = cacheOptions.sandbox(dependencyOptions.dependencies)
    let image = try await reportingFailures {
      try await PreparationDisplay(verbose: cacheOptions.verbose).show { report in
        try await sandbox.prepare(report: report).image
      }
    }
    let packages = image.manifest.packages.map { "\($0.name) \($0.version)" }
    print("Python \(RuntimeLock.pinned.pythonVersion) is ready in \(cacheOptions.cache.root)")
    print("Packages: \(packages.joined(separator: ", "))")
  }
}
