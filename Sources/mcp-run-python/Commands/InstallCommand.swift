import ArgumentParser
import PythonSandbox

struct InstallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Fetch the runtime and install packages, so that later starts need no network.",
    discussion: """
      The same packages, asked for again, are there already: then this takes no time. Each set of packages is kept \
      apart from the others, in the folder that doctor names.

      Examples:
        mcp-run-python install
        mcp-run-python install --deps 'pandas,numpy>=2'
        mcp-run-python install --deps pandas --cache-dir /srv/python
      """)

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
