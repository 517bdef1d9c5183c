import Foundation
import PackagePlugin

/// Embeds the TypeScript and Python in a target's folder `Guest`, whatever files there are.
@main struct GuestEmbedding: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = target.directoryURL.appending(path: "Guest")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".ts") || $0.hasSuffix(".py") }
      .sorted()
    let output = context.pluginWorkDirectoryURL.appending(path: "GuestFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding the guest", executable: try context.tool(named: "embed-files").url,
        arguments: [output.path, folder.path] + paths, inputFiles: paths.map { folder.appending(path: $0) },
        outputFiles: [output])
    ]
  }
}
