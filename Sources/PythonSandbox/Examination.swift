internal import Subprocess
internal import SystemPackage
import SystemSupport

/// The state of all parts that the sandbox needs on this machine, for `doctor`.
public struct Examination: Sendable {
  /// The state of one part.
  public struct Finding: Sendable {
    /// The name of the part, such as `Deno`.
    public var name: String
    /// The state in a few words.
    public var text: String
    /// False when the part is missing or cannot be used.
    public var isFine = true
    /// The thing that the user can do about it; nil when there is no need.
    public var remedy: SandboxRemedy?
  }

  /// The findings in the order in which they are shown.
  public private(set) var findings: [Finding] = []

  /// Examines the machine. It starts Deno or pip, and a confined process, to see that they work.
  public init(
    cache: CacheDirectory, environment: [String: String], wording: SandboxWording = SandboxWording()
  ) async {
    let installer = RuntimeInstaller(cache: cache, environment: environment, wording: wording)
    do {
      if let runtime = try installer.installed() {
        await examine(runtime)
      } else {
        findings.append(
          Finding(name: "Runtime", text: "not fetched yet", isFine: false, remedy: .fetch))
        await examinePip(environment)
      }
    } catch {
      let told: any Error = (error as? SandboxError)?.worded(by: wording) ?? error
      findings.append(Finding(name: "Runtime", text: "\(told)", isFine: false))
    }
    examineCache(cache)
    await examineConfinement()
    for image in ImageStore(cache: cache, environment: environment).images() { examine(image) }
  }

  private mutating func examine(_ runtime: Runtime) async {
    let version = CommandLineProgram(
      executable: .path(runtime.deno), arguments: ["--version"], environment: ["NO_COLOR": "1"])
    if let (success, lines) = try? await version.run(onLine: { _ in }), success, let line = lines.first {
      findings.append(Finding(name: "Deno", text: "\(line)  \(runtime.deno)"))
    } else {
      findings.append(
        Finding(
          name: "Deno", text: "\(runtime.deno) does not run", isFine: false,
          remedy: .fetchAnew(removing: "it")))
    }
    struct Package: Decodable { let version: String }
    struct Lock: Decodable {
      struct Entry: Decodable { let file_name: String }
      let packages: [String: Entry]
    }
    let files = FileManager.default
    func read<Value: Decodable>(_ name: String, as type: Value.Type) -> Value? {
      files.contents(atPath: runtime.pyodide.appending(name).string)
        .flatMap { try? JSONDecoder().decode(type, from: $0) }
    }
    guard let package = read("package.json", as: Package.self),
      let lock = read("pyodide-lock.json", as: Lock.self)
    else {
      findings.append(
        Finding(
          name: "Pyodide", text: "\(runtime.pyodide) is damaged", isFine: false,
          remedy: .fetchAnew(removing: "it")))
      return
    }
    findings.append(Finding(name: "Pyodide", text: "\(package.version)  \(runtime.pyodide)"))
    findings.append(Finding(name: "Python", text: RuntimeLock.pinned.pythonVersion))
    let local = lock.packages.values.count {
      files.fileExists(atPath: runtime.pyodide.appending($0.file_name).string)
    }
    findings.append(
      Finding(
        name: "Packages", text: "\(local) on this machine; others come from the package index"))
  }

  private mutating func examinePip(_ environment: [String: String]) async {
    let pip = CommandLineProgram(
      executable: .name("python3"), arguments: ["-m", "pip", "--version"], environment: environment)
    if let (success, lines) = try? await pip.run(onLine: { _ in }), success {
      findings.append(Finding(name: "pip", text: lines.first ?? ""))
    } else {
      findings.append(
        Finding(
          name: "pip", text: "Python 3 with pip was not found", isFine: false,
          remedy: .installPip))
    }
  }

  private mutating func examineCache(_ cache: CacheDirectory) {
    let megabytes = cache.size() / 1_000_000
    var existing = cache.root
    while !FileManager.default.fileExists(atPath: existing.string), existing.removeLastComponent() {}
    if FileManager.default.isWritableFile(atPath: existing.string) {
      findings.append(Finding(name: "Cache", text: "\(megabytes) MB  \(cache.root)"))
    } else {
      findings.append(
        Finding(
          name: "Cache", text: "\(cache.root) cannot be written", isFine: false,
          remedy: .moveCache(isFull: false)))
    }
  }

  private mutating func examineConfinement() async {
    let measures = await Confinement.examine()
    func named(_ isInForce: Bool) -> String {
      measures.filter { $0.isInForce == isInForce }.map(\.measure).joined(separator: ", ")
    }
    let (present, absent) = (named(true), named(false))
    if measures.isEmpty {
      findings.append(Finding(name: "Confinement", text: "by Deno's permissions alone on this system"))
    } else if absent.isEmpty {
      findings.append(Finding(name: "Confinement", text: present))
    } else {
      findings.append(Finding(name: "Confinement", text: "\(present); this system has not: \(absent)"))
    }
    if ResidentMemory.megabytes(of: getpid()) == nil {
      findings.append(Finding(name: "Memory watch", text: "this system does not tell what a process uses"))
    }
  }

  private mutating func examine(_ image: Image) {
    let dependencies = image.manifest.dependencies.joined(separator: ", ")
    let asked = dependencies.isEmpty ? "no extra packages" : dependencies
    let snapshot =
      if let failure = image.manifest.snapshotFailure {
        "no snapshot: \(failure)"
      } else if let bytes = image.snapshot.flatMap(fileSize) {
        "snapshot \(bytes / 1_000_000) MB"
      } else {
        "of an earlier version"
      }
    let reset =
      image.snapshot == nil ? "goes back to the state after the start" : "goes back to the snapshot"
    findings.append(
      Finding(
        name: "Image",
        text: "\(image.name.prefix(12))  \(asked)  (\(image.manifest.packages.count) packages, \(snapshot); "
          + "reset \(reset))"))
  }
}
