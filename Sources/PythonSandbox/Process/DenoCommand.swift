internal import SystemPackage

/// A Deno command line with the permissions that one step needs, and no other.
struct DenoCommand: Sendable {
  let runtime: Runtime
  let guest: FilePath
  /// The guest's module to run.
  let module: String
  var arguments: [String] = []
  /// Folders to read, beside the guest's code and the Pyodide distribution.
  var read: [FilePath] = []
  /// Folders to write.
  var write: [FilePath] = []
  var network: NetworkPolicy?

  var commandLine: [String] {
    var line = [
      "run", "--quiet", "--no-prompt", "--no-config", "--no-lock", "--no-remote", "--no-npm",
      "--unstable-worker-options", "--allow-read=\(list([guest, runtime.pyodide] + read + write))",
    ]
    if !write.isEmpty { line.append("--allow-write=\(list(write))") }
    line += network?.denoPermissions ?? []
    return line + [guest.appending(module).string] + arguments
  }

  /// What Deno itself needs; the guest has no permission to read it.
  func environment(from inherited: [String: String]) -> [String: String] {
    var environment = [
      "DENO_DIR": runtime.cache.deno.string, "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1",
      "DENO_TLS_CA_STORE": "system,mozilla",
    ]
    guard network != nil else { return environment }
    let handed = [
      "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "DENO_CERT",
      "SSL_CERT_FILE", "SSL_CERT_DIR",
    ]
    for name in handed { environment[name] = inherited[name] }
    return environment
  }

  /// Deno splits its lists at commas and takes a doubled one as part of the path.
  private func list(_ paths: [FilePath]) -> String {
    paths.map { $0.string.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ",,") }
      .joined(separator: ",")
  }
}
