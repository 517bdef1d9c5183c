import Foundation
import SystemPackage
import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// The powers that the system itself takes from the sandbox's process, beside Deno.
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

    /// The file system's rules say nothing of what a program in memory or the loader could execute.
    @Test func whatADenoThatWasTakenOverTriesIsRefused() async throws {
      let folder = try TemporaryFolder()
      let file = folder.path.appending("file")
      try Data("#!/bin/sh\necho executed\n".utf8).write(to: URL(fileURLWithPath: file.string))
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file.string)
      let deno = try await SandboxUnderTest.prepared().runtime.deno
      let script = """
        import ctypes, os, socket, sys
        libc = ctypes.CDLL(None, use_errno=True)
        file, deno = sys.argv[1:]

        def call(*arguments):
            if libc.syscall(*arguments) == -1: raise OSError(ctypes.get_errno(), '')

        number = lambda intel, arm: intel if os.uname().machine == 'x86_64' else arm
        tries = {
            'sh': lambda: os.execv('/bin/sh', ['sh', '-c', 'echo executed']),
            'deno': lambda: os.execv(deno, [deno, '--version']),
            'itself': lambda: os.execv('/usr/bin/python3', ['python3', '-c', 'print("executed")']),
            'loader': lambda: os.execv('/proc/self/exe', ['python3', '-c', 'print("executed")']),
            'own file': lambda: os.execv(file, [file]),
            'descriptor': lambda: call(number(322, 281), os.open('/bin/true', os.O_PATH), b'', None, None, 0x1000),
            'memory': lambda: os.memfd_create('x'),
            'unix': lambda: socket.socket(socket.AF_UNIX),
            'mode': lambda: os.chmod(file, 0o777),
            'mode of an open file': lambda: os.fchmod(os.open(file, os.O_RDWR), 0o777),
            'newer call for modes': lambda: call(452, -100, file.encode(), 0o777, 0),
            'owner': lambda: os.chown(file, os.getuid(), os.getgid()),
            'time': lambda: os.utime(file),
            'attribute': lambda: os.setxattr(file, 'user.a', b'1'),
            'no attribute': lambda: os.removexattr(file, 'user.a'),
            'shared memory': lambda: call(number(29, 194), 0, 4096, 0o1600),
            'semaphores': lambda: call(number(64, 190), 0, 1, 0o1600),
            'messages': lambda: call(number(68, 186), 0, 0o1600),
        }
        for name, attempt in tries.items():
            try: attempt()
            except OSError as error: name = '' if error.errno in (1, 97) else f'{name}: {error.errno}'
            if name: print(name)
        print('done', socket.socketpair()[0].family == socket.AF_UNIX)
        """
      let (executable, arguments) = Confinement(write: [folder.path]).launch(
        "/usr/bin/python3", ["-I", "-c", script, file.string, deno.string])
      let program = CommandLineProgram(executable: executable, arguments: arguments, environment: [:])
      let (_, lines) = try await program.run { _ in }
      #expect(lines == ["done True"])
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
      // It is tied to its parent before it becomes what it is to run.
      #expect(try await Processes.wait { Processes.commandLine(of: child).hasPrefix("/bin/sleep") })
      kill(parent.processIdentifier, SIGKILL)
      #expect(try await Processes.wait { !Processes.isThere(child) })
    }

    /// The first line: the warden ends with its stdin, whatever the guest does.
    @Test func theWardenEndsWithItsStdinWhileTheGuestIsBusy() async throws {
      let (runtime, image) = try await SandboxUnderTest.prepared()
      let command = DenoCommand(
        runtime: runtime, guest: try await GuestCode.folder(for: runtime),
        module: "warden/warden.js",
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
        .init(
          token: "t", pyodide: runtime.pyodide.string, site: image.site.string, snapshot: nil, network: false,
          limits: Limits()))
      input.fileHandleForWriting.write(Data(start.line))
      #expect(
        String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).hasPrefix(
          "t {\"kind\":\"ready\""))
      let run = Order.run(
        .init(run: 1, code: "print('busy')\nwhile True: pass", globals: "{}", keep: false, timeout: nil))
      input.fileHandleForWriting.write(Data(run.line))
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
