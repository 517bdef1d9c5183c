import CMounts
import Foundation
import JSON
import SystemPackage
import Testing

@testable import PythonSandbox

/// The host keeps to a mount whatever it is asked for: a guest that was taken over may ask for anything.
@Suite final class FileWorkTests {
  private let folder: TemporaryFolder
  private let secret = "what nobody may see"

  /// Makes a folder `data` with links that lead out of it, and what they lead to beside it.
  init() throws {
    folder = try TemporaryFolder()
    let files = FileManager.default
    for name in ["data/sub", "outside"] {
      try files.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    }
    try Data(secret.utf8).write(to: URL(fileURLWithPath: path("outside/secret")))
    try Data("inside".utf8).write(to: URL(fileURLWithPath: path("data/sub/file")))
    for (name, target) in [
      "link": "../outside/secret", "folder": "../outside", "absolute": path("outside/secret"),
      "own": "sub/file",
      "root": "/proc/self/root", "up": "..", "loop": "loop",
    ] {
      try files.createSymbolicLink(atPath: path("data/" + name), withDestinationPath: target)
    }
  }

  private func path(_ name: String) -> String { folder.path.appending(name).string }

  private func work(_ access: Mount.Access) throws -> FileWork {
    FileWork([try Mount(host: path("data"), access: access)])
  }

  private func request(
    _ operation: FileRequest.Operation, _ path: String? = nil,
    _ change: (inout FileRequest) -> Void = { _ in }
  )
    throws -> FileRequest
  {
    var following = 0
    let members: [String: Any] = ["request": 1, "operation": operation.rawValue, "mount": 0, "bytes": 0]
    let json = try JSONSerialization.data(withJSONObject: members)
    var request = try FileRequest(try WireFields(try JSONText(json)), following: &following)
    request.path = path
    change(&request)
    return request
  }

  static let waysOut = [
    "link", "folder/secret", "absolute", "root/etc/hostname", "../outside/secret", "sub/../../outside/secret",
    "up/outside/secret",
    "up", "..", "loop", "./../outside/secret", "folder/../outside/secret", "/etc/hostname",
  ]

  @Test(arguments: Mount.Access.allCases, waysOut)
  func noPathLeadsOut(access: Mount.Access, way: String) throws {
    let work = try work(access)
    for operation in [FileRequest.Operation.open, .list] {
      let reply = work.answer(try request(operation, way))
      #expect(reply.error != 0 && reply.handle == nil && reply.content.isEmpty, "\(operation)")
    }
    let changes = [
      try request(.open, way) { $0.flags = 0o1101 }, try request(.make, way + "/made"),
      try request(.remove, way),
      try request(.rename, "sub/file") { $0.other = way + "/moved" },
      try request(.change, way) { ($0.mode, $0.flags) = (0o777, 1) },
    ]
    for change in changes
    where !["link", "folder/secret", "absolute", "up", "loop"].contains(way) || change.operation != .remove {
      _ = work.answer(change)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path("outside")) == ["secret"])
    #expect(try String(contentsOfFile: path("outside/secret"), encoding: .utf8) == secret)
  }

  @Test func linksWithinAreFollowedUnlessTheGuestDoesIt() throws {
    #expect(try work(.readOnly).answer(try request(.open, "own")).content == Array("inside".utf8))
    #expect(try work(.overlay).answer(try request(.open, "own")).error == ELOOP)
  }

  @Test(arguments: [Mount.Access.readOnly, .overlay])
  func onlyAMountToBeWrittenIsWrittenTo(access: Mount.Access) throws {
    let work = try work(access)
    let changes = [
      try request(.open, "sub/file") { $0.flags = 0o2 }, try request(.open, "new") { $0.flags = 0o101 },
      try request(.make, "made"), try request(.remove, "sub/file"),
      try request(.rename, "sub") { $0.other = "other" },
      try request(.link, "mine") { $0.other = "sub" }, try request(.change, "sub/file") { $0.mode = 0o777 },
    ]
    for change in changes { #expect(work.answer(change).error == EROFS, "\(change.operation)") }
    let open = work.answer(try request(.open, "sub/file"))
    #expect(open.error == 0)
    let write = try request(.write) { ($0.handle, $0.content) = (open.handle, [1]) }
    #expect(work.answer(write).error == EBADF)
    #expect(try String(contentsOfFile: path("data/sub/file"), encoding: .utf8) == "inside")
  }

  /// A forged request could else use the rights of one mount on a file of another.
  @Test func anOpenFileBelongsToItsMount() throws {
    let mounts = try [Mount.Access.readOnly, .writeThrough].map { try Mount(host: path("data"), access: $0) }
    let work = FileWork(mounts)
    let handle = work.answer(try request(.open, "sub/file")).handle
    let uses = try [FileRequest.Operation.stat, .read, .sync, .change].map {
      try request($0) { ($0.handle, $0.mount, $0.mode, $0.length) = (handle, 1, 0o777, nil) }
    }
    for use in uses { #expect(work.answer(use).error == EBADF, "\(use.operation)") }
    #expect(work.answer(try request(.stat) { $0.handle = handle }).error == 0)
  }

  @Test func filesHaveAnEnd() throws {
    let work = try work(.readOnly)
    let handles = try (0..<300).map { _ in work.answer(try request(.open, "sub/file")) }
    #expect(handles.filter { $0.error == EMFILE }.count == 44)
    let closing = try request(.open, "sub/file") { $0.closing = handles[0].handle }
    #expect(work.answer(closing).error == 0)
  }

  @Test func aListComesInPages() throws {
    let names = (0..<9000).map { "\($0)" + String(repeating: "n", count: 200) }
    for name in names {
      #expect(FileManager.default.createFile(atPath: path("data/sub/" + name), contents: nil))
    }
    let work = try work(.readOnly)
    var reply = work.answer(try request(.list, "sub"))
    var content = reply.content
    #expect(reply.count == 0)
    while let handle = reply.handle {
      reply = work.answer(try request(.list) { $0.handle = handle })
      content += reply.content
    }
    let listed = content.split(separator: 0).map { String(decoding: $0.dropFirst(), as: UTF8.self) }
    #expect(Set(listed) == Set(names + ["file"]) && listed.count == 9001)
  }

  /// Older kernels have no `openat2`.
  @Test func aKernelWithoutTheCallFollowsNoLink() throws {
    let root = open(path("data"), O_RDONLY | O_DIRECTORY)
    defer { close(root) }
    for way in Self.waysOut + ["own"] { #expect(mounts_walk(root, way, O_RDONLY, 0) < 0, "\(way)") }
    let file = mounts_walk(root, "sub//./file", O_RDONLY, 0)
    #expect(file > 0)
    close(file)
  }
}

/// Reads JSON of Foundation as ours.
private func JSONText(_ data: Data) throws -> JSON { try JSON(parsing: [UInt8](data)) }
