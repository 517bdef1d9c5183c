public import ArgumentParser
import PythonSandbox
public import RunPythonTool
import SystemSupport

/// The folders and files of this machine that the code finds.
struct MountOptions: ParsableArguments {
  @Option(
    name: .customLong("mount"), parsing: .singleValue,
    help: ArgumentHelp(
      "Show the code a folder or file of this machine, at /mnt/NAME or the path that follows; may be repeated. ro: it "
        + "can be read. rw: what the code writes is written here. overlay: the code may change it, and the "
        + "changes stay in its session.",
      valueName: "HOST[:GUEST][:ro|rw|overlay]"),
    completion: .file())
  var chosen: [SandboxMount] = []

  func validate() throws {
    do {
      _ = try mounts
    } catch {
      throw ValidationError("--mount: \(error.message)")
    }
  }

  /// The mounts as the sandbox has them.
  var mounts: [Mount] {
    get throws(SandboxError) {
      var mounts: [Mount] = []
      for mount in chosen {
        let access = Mount.Access(rawValue: mount.access.rawValue) ?? .readOnly
        mounts.append(try Mount(host: mount.host, guest: mount.guest, access: access))
      }
      try Mount.checkApart(mounts)
      return mounts
    }
  }

  /// Writes the same mounts to another command line, which may be used in another folder.
  func write(to line: inout ServerCommandLine) {
    line.mounts = chosen.map { mount in
      SandboxMount(URL(fileURLWithPath: mount.host).path, at: mount.guest, access: mount.access)
    }
  }
}

extension SandboxMount: ExpressibleByArgument {
  public var defaultValueDescription: String { argument }
}
