internal import Subprocess
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
  /// This machine's addresses, which user code is denied.
  var machine: Set<String> = []
  /// Flags for V8.
  var engineFlags: [String] = []
  /// Private writable memory, in MB.
  var dataMegabytes: Int?

  static let guestEngineFlags = [
    // Code that Python makes of strings could import Node's modules.
    "--disallow-code-generation-from-strings",
    // Guesses about what Python calls next fail so often that their undoing costs half of a loop's speed, and most
    // of the first calls' time.
    "--no-wasm-deopt",
    // Python measures its own stack, and ought to come to that one's end before the engine comes to its. Each stack
    // that waits in the event loop is set aside whole: deeper ones would leave room for few.
    "--stack-size=7000", "--wasm-stack-switching-stack-size=7000",
  ]

  var commandLine: [String] {
    var line = [
      "run", "--quiet", "--no-prompt", "--no-config", "--no-lock", "--no-remote", "--no-npm",
      "--unstable-worker-options", "--allow-read=\(list([guest, runtime.pyodide] + read + write))",
    ]
    if !write.isEmpty { line.append("--allow-write=\(list(write))") }
    line += network?.denoPermissions(on: machine) ?? []
    if !engineFlags.isEmpty { line.append("--v8-flags=\(engineFlags.joined(separator: ","))") }
    return line + [guest.appending(module).string] + arguments
  }

  /// How to start it, with no more of the system than it needs.
  func launch(environment: [String: String]) -> (executable: Executable, arguments: Arguments) {
    let certificates = Self.certificates.compactMap { environment[$0].map { FilePath($0) } }
    let confinement = Confinement(
      sockets: network?.sockets ?? .none, dataMegabytes: dataMegabytes,
      read: [guest, runtime.pyodide] + read + certificates, write: [runtime.cache.deno] + write,
      changesModes: !write.isEmpty)
    return confinement.launch(runtime.deno, commandLine)
  }

  /// What Deno itself needs; the guest has no permission to read it. User code gets no proxy: it would resolve
  /// names, and so decide in place of the policy which addresses they may have.
  func environment(from inherited: [String: String]) -> [String: String] {
    var environment = [
      "DENO_DIR": runtime.cache.deno.string, "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1",
      "DENO_TLS_CA_STORE": "system,mozilla",
      // What a start has needed goes back to the system: glibc would keep some 10 MiB of it.
      "MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "65536", "MALLOC_MMAP_THRESHOLD_": "65536",
    ]
    guard let network else { return environment }
    let handed = Self.certificates + (network == .everything ? Self.proxies : [])
    for name in handed { environment[name] = inherited[name] }
    return environment
  }

  private static let certificates = ["DENO_CERT", "SSL_CERT_FILE", "SSL_CERT_DIR"]
  private static let proxies = [
    "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
  ]

  /// Deno splits its lists at commas and takes a doubled one as part of the path.
  private func list(_ paths: [FilePath]) -> String {
    paths.map { $0.string.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ",,") }
      .joined(separator: ",")
  }
}
