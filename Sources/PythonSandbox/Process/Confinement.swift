internal import Subprocess
internal import SystemPackage
import SystemSupport

#if canImport(CConfinement)
  internal import CConfinement
#endif

/// The rights that the system, besides Deno, takes from a process that runs the sandbox (see CConfinement.c).
///
/// They are those to new processes, privileges, files, sockets and memory.
struct Confinement: Sendable {
  /// The kinds of sockets that the process can make. It cannot listen with any of them.
  enum Sockets: String, Sendable { case none, ipv4, any }

  var sockets = Sockets.none
  /// The private writable memory that the process may have, in MB; nil for no limit.
  var dataMegabytes: Int?
  /// The files and folders that the process may read, besides those that every program needs.
  var read: [FilePath] = []
  /// The files and folders that it may write, too.
  var write: [FilePath] = []
  /// True when the process may change modes and times of files, as a program that unpacks archives does.
  var changesModes = false

  /// The files of the system that Deno needs: libraries, name resolution, certificates, time zones, and the numbers
  /// of processors and memory.
  private static let systemFiles = [
    "/lib", "/lib64", "/usr", "/bin", "/nix/store", "/etc/ld.so.cache", "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/hosts", "/etc/resolv.conf", "/etc/nsswitch.conf", "/etc/host.conf", "/etc/gai.conf",
    "/etc/services",
    "/etc/ssl", "/etc/pki", "/etc/ca-certificates", "/etc/localtime", "/dev/null", "/dev/zero",
    "/dev/urandom", "/dev/random", "/proc/self",
    "/proc/meminfo", "/proc/cpuinfo", "/proc/stat", "/proc/sys/vm", "/proc/sys/kernel", "/sys/fs/cgroup",
    "/sys/devices/system/cpu",
  ]

  /// True when this build and this system can confine at all.
  static var isSupported: Bool {
    #if canImport(CConfinement)
      confinement_is_supported() != 0
    #else
      false
    #endif
  }

  /// The command that starts `program`. Where it is possible, this executable confines itself and then becomes the
  /// program.
  func launch(_ program: FilePath, _ arguments: [String]) -> (executable: Executable, arguments: Arguments) {
    #if canImport(CConfinement)
      if Self.isSupported {
        return (.path("/proc/self/exe"), commandLine(["--", program.string] + arguments))
      }
    #endif
    return (.path(program), Arguments(arguments))
  }

  #if canImport(CConfinement)
    private func commandLine(_ rest: [String]) -> Arguments {
      var line = ["parent=\(getpid())", "network=\(sockets.rawValue)"]
      if let dataMegabytes { line.append("data=\(dataMegabytes << 20)") }
      line += Self.systemFiles.map { "read=\($0)" } + read.map { "read=\($0)" }
      if changesModes { line.append("modes") }
      line += write.map { "write=\($0)" }
      return Arguments(executablePathOverride: CONFINEMENT_NAME, remainingValues: line + rest)
    }
  #endif

  /// The measures of this system, in words, with true for those that are in force.
  static func examine() async -> [(measure: String, isInForce: Bool)] {
    #if canImport(CConfinement)
      guard isSupported else { return [] }
      let program = CommandLineProgram(
        executable: .path("/proc/self/exe"),
        arguments: Confinement(dataMegabytes: 4096).commandLine(["report"]),
        environment: [:])
      guard let (success, lines) = try? await program.run(onLine: { _ in }), success else { return [] }
      return lines.compactMap { line in
        let parts = line.split(separator: " ", maxSplits: 1)
        return parts.count == 2 ? (String(parts[1]), parts[0] == "yes") : nil
      }
    #else
      return []
    #endif
  }
}
