import Foundation
import SystemPackage
import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// What the system itself takes from the sandbox's process, beside Deno.
  @Suite(.enabled(if: Confinement.isSupported)) struct ConfinementTests {
    /// Runs a shell in the confinement; gives what it printed.
    private func shell(_ script: String, _ confinement: Confinement = Confinement()) async throws -> [String]
    {
      let (executable, arguments) = confinement.launch("/bin/sh", ["-c", script])
      let program = CommandLineProgram(
        executable: executable, arguments: arguments, environment: ["PATH": "/usr/bin:/bin"])
      return try await program.run { _ in }.lines
    }

    @Test func everyMeasureIsToldByTheDoctor() async {
      let measures = await Confinement.examine()
      #expect(
        measures.map(\.measure) == [
          "ends with its parent", "resource limits", "no capabilities", "no new privileges", "Landlock",
          "seccomp",
        ])
    }

    @Test func theProcessHasWhatTheDoctorSays() async throws {
      let lines = try await shell("while read -r a b c; do echo $a $b; done < /proc/self/status")
      #expect(lines.contains("NoNewPrivs: 1"))
      #expect(lines.contains("Seccomp: 2"))
      let effective = try #require(lines.first { $0.hasPrefix("CapEff:") })
      #expect(effective.hasSuffix("0") || effective.hasSuffix("6"))
    }

    @Test func filesThatAreNotNamedCannotBeOpened() async throws {
      let folder = try TemporaryFolder()
      let (open, closed) = (folder.path.appending("open"), folder.path.appending("closed"))
      for path in [open, closed] {
        try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: false)
      }
      let script = """
        echo a > \(open)/new && echo written
        echo a > \(closed)/new || echo refused
        read x < /etc/passwd || echo refused
        """
      let lines = try await shell(script, Confinement(write: [open]))
      #expect(lines.filter { $0 == "refused" || $0 == "written" } == ["written", "refused", "refused"])
      #expect(FileManager.default.fileExists(atPath: open.appending("new").string))
      #expect(!FileManager.default.fileExists(atPath: closed.appending("new").string))
    }

    @Test func noProcessCanBeStarted() async throws {
      let lines = try await shell("echo before; /bin/true & echo after")
      #expect(lines.first == "before")
      #expect(!lines.contains("after"))
    }

    /// The second line, for a warden that does not see its stdin end.
    @Test func itEndsWithItsParent() async throws {
      let executable = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      let parent = Process()
      parent.executableURL = URL(fileURLWithPath: "/bin/bash")
      let script = """
        (exec -a mcp-run-python:confined '\(executable)' read=/usr read=/bin read=/lib read=/lib64 -- /bin/sleep 60) &
        echo $!; wait
        """
      parent.arguments = ["-c", script]
      let output = Pipe()
      parent.standardOutput = output
      try parent.run()
      let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      let child = try #require(Int32(line.filter(\.isNumber)))
      try await Task.sleep(for: .milliseconds(300))
      #expect(Processes.isThere(child))
      kill(parent.processIdentifier, SIGKILL)
      #expect(try await Processes.wait { !Processes.isThere(child) })
    }

    /// The first line: the warden ends with its stdin, whatever the guest does.
    @Test func theWardenEndsWithItsStdinWhileTheGuestIsBusy() async throws {
      let (runtime, image) = try await SandboxUnderTest.prepared()
      let command = DenoCommand(
        runtime: runtime, guest: try await GuestCode.folder(in: runtime.cache), module: "warden.ts",
        read: [image.site])
      let warden = Process()
      warden.executableURL = URL(fileURLWithPath: runtime.deno.string)
      warden.arguments = command.commandLine
      warden.environment = command.environment(from: [:])
      let (input, output) = (Pipe(), Pipe())
      warden.standardInput = input
      warden.standardOutput = output
      try warden.run()
      let start = Order.start(
        token: "t", pyodide: runtime.pyodide.string, site: image.site.string, snapshot: nil, network: false,
        limits: Limits()
      )
      input.fileHandleForWriting.write(Data(try start.line))
      #expect(
        String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).hasPrefix(
          "t {\"kind\":\"ready\""))
      let run = Order.run(
        1, code: "print('busy')\nwhile True: pass", globals: "{}", keep: false, timeout: nil)
      input.fileHandleForWriting.write(Data(try run.line))
      var said = ""
      while !said.contains("busy") {
        let more = output.fileHandleForReading.availableData
        try #require(!more.isEmpty, "it ended after \(said)")
        said += String(decoding: more, as: UTF8.self)
      }
      try input.fileHandleForWriting.close()
      #expect(try await Processes.wait { !Processes.isThere(warden.processIdentifier) })
    }
  }
}
