internal import Subprocess
internal import SystemPackage

/// A Deno command line with the permissions that one step needs, and no others.
struct DenoCommand: Sendable {
  let runtime: Runtime
  let guest: FilePath
  /// The name of the guest's module to run.
  let module: String
  var arguments: [String] = []
  /// The folders to read, besides the guest's code and the Pyodide distribution.
  var read: [FilePath] = []
  /// The folders to write.
  var write: [FilePath] = []
  var network: NetworkPolicy?
  /// The addresses of this machine, which user code is denied.
  var machine: Set<String> = []
  /// The flags for V8.
  var engineFlags: [String] = []
  /// The private writable memory that the process may have, in MB; nil for no limit.
  var dataMegabytes: Int?

  /// The flags for each V8 that runs Python.
  ///
  /// V8 guesses which function Python calls next, and is wrong often. Undoing that costs half of a loop's speed,
  /// and most of the first calls' time. An image takes a third more time with it.
  static let pythonEngineFlags = ["--no-wasm-deopt"]

  static let guestEngineFlags =
    pythonEngineFlags + [
      // Python must not make code from strings, since that code could import Node's modules.
      "--disallow-code-generation-from-strings",
      // Python measures its own stack, and has to reach its end before the engine reaches the engine's. Each stack
      // that waits in the event loop is reserved whole, so larger ones would leave room for few.
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

  /// The command that starts Deno with no more of the system than it needs.
  func launch(environment: [String: String]) -> (executable: Executable, arguments: Arguments) {
    let certificates = Self.certificates.compactMap { environment[$0].map { FilePath($0) } }
    let confinement = Confinement(
      sockets: network?.sockets ?? .none, dataMegabytes: dataMegabytes,
      read: [guest, runtime.pyodide] + read + certificates, write: write,
      changesModes: !write.isEmpty)
    return confinement.launch(runtime.deno, commandLine)
  }

  /// The variables that Deno itself needs. The guest has no permission to read them.
  ///
  /// User code gets no proxy. A proxy would resolve names, and so decide about addresses in place of the policy.
  func environment(from inherited: [String: String]) -> [String: String] {
    var environment = Self.environment(of: runtime.deno)
    guard let network else { return environment }
    let handed = Self.certificates + (network == .everything ? Self.proxies : [])
    for name in handed { environment[name] = inherited[name] }
    return environment
  }

  /// The variables that every Deno of ours gets.
  static func environment(of deno: FilePath) -> [String: String] {
    [
      // A file, so that Deno can keep nothing: neither compiled code for other processes, nor storage for web pages.
      "DENO_DIR": deno.string, "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1",
      "DENO_TLS_CA_STORE": "system,mozilla",
      // The memory that a start has needed goes back to the system: glibc would keep some 10 MiB of it.
      "MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "65536", "MALLOC_MMAP_THRESHOLD_": "65536",
    ]
  }

  private static let certificates = ["DENO_CERT", "SSL_CERT_FILE", "SSL_CERT_DIR"]
  private static let proxies = [
    "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
  ]

  /// The paths as a list for Deno. It splits at commas, and takes a doubled comma as a part of a path.
  private func list(_ paths: [FilePath]) -> String {
    paths.map { $0.string.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ",,") }
      .joined(separator: ",")
  }
}
