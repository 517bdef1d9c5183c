internal import Subprocess
internal import SystemPackage
import SystemSupport

/// The processes of this machine, by what was said when they were started.
enum RunningProcesses {
  /// The numbers of the processes that were started from below `folder`, or were told of it.
  ///
  /// An interpreter is both: Deno's path and the folders that it may read stand in its command line.
  static func using(_ folder: FilePath) async -> [Int32] {
    await commands().filter { names(folder, in: $0.text) }.map(\.process).sorted()
  }

  /// True when a text has the path, and not only one that begins with it.
  static func names(_ folder: FilePath, in text: String) -> Bool {
    text.ranges(of: folder.string).contains { found in
      guard found.upperBound < text.endIndex else { return true }
      let next = text[found.upperBound]
      return !next.isLetter && !next.isNumber && !"-_.".contains(next)
    }
  }

  #if os(Linux)
    private static func commands() async -> [(process: Int32, text: String)] {
      let files = FileManager.default
      return ((try? files.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { name in
        guard let process = Int32(name) else { return nil }
        let program = (try? files.destinationOfSymbolicLink(atPath: "/proc/\(name)/exe")) ?? ""
        let line = files.contents(atPath: "/proc/\(name)/cmdline") ?? Data()
        return (process, program + "\n" + String(decoding: line, as: UTF8.self))
      }
    }
  #else
    private static func commands() async -> [(process: Int32, text: String)] {
      let ps = CommandLineProgram(
        executable: .name("ps"), arguments: ["-axww", "-o", "pid=,command="], environment: ["PATH": "/bin"])
      let lines = (try? await ps.run(onLine: { _ in }))?.lines ?? []
      return lines.compactMap { line in
        let parts = line.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let process = Int32(parts[0]) else { return nil }
        return (process, String(parts[1]))
      }
    }
  #endif
}
