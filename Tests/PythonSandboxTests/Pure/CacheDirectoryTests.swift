import Foundation
import SystemPackage
import Testing

@testable import PythonSandbox

@Suite struct CacheDirectoryTests {
  @Test(
    arguments: [
      ("/a", ["MCP_RUN_PYTHON_CACHE": "/b"], "/a"),
      (nil, ["MCP_RUN_PYTHON_CACHE": "/b", "XDG_CACHE_HOME": "/c"], "/b"),
      (nil, ["MCP_RUN_PYTHON_CACHE": "", "XDG_CACHE_HOME": "/c"], "/c/mcp-run-python"),
      (nil, ["XDG_CACHE_HOME": "relative", "HOME": "/h"], "/h/.cache/mcp-run-python"),
      (nil, ["HOME": "/h"], "/h/.cache/mcp-run-python"),
      ("", ["HOME": "/h"], "/h/.cache/mcp-run-python"),
      (nil, [:], ""),
    ] as [(String?, [String: String], String)])
  func choosesTheFolder(option: String?, environment: [String: String], expected: String) {
    #expect(CacheDirectory(option: option, environment: environment).root == FilePath(expected))
  }

  @Test func aRelativeOptionIsTakenFromTheWorkingDirectory() {
    let cache = CacheDirectory(option: "here", environment: [:])
    #expect(cache.root == FilePath(FileManager.default.currentDirectoryPath).appending("here"))
  }

  @Test func withoutAFolderNothingIsGuessed() {
    let cache = CacheDirectory(option: nil, environment: [:])
    #expect { try cache.checkOwners(upTo: cache.runtimes) } throws: {
      ($0 as? SandboxError)?.message.contains("HOME is not set") == true
    }
  }

  @Test(arguments: [0o777, 0o757]) func whatOthersCanWriteIsRefused(mode: Int) throws {
    let folder = try TemporaryFolder()
    let cache = CacheDirectory(root: folder.path)
    let deno = cache.runtimes.appending("one").appending("deno")
    let files = FileManager.default
    try files.createDirectory(atPath: deno.string, withIntermediateDirectories: true)
    try cache.checkOwners(upTo: deno)
    for path in [folder.path, cache.runtimes, deno] {
      try files.setAttributes([.posixPermissions: mode], ofItemAtPath: path.string)
      #expect { try cache.checkOwners(upTo: deno) } throws: {
        ($0 as? SandboxError)?.message == "Other users can write to \(path), and so change what is executed."
      }
      try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.string)
    }
    try cache.checkOwners(upTo: deno)
  }

  @Test func nobodyElseCanWriteToWhatWasMade() async throws {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    func mode(of path: FilePath) throws -> Int? {
      try files.attributesOfItem(atPath: path.string)[.posixPermissions] as? Int
    }
    let target = folder.path.appending("images").appending("one")
    try await CacheDirectory(root: folder.path).makeWhole(target) { temporary in
      #expect(try mode(of: temporary) == 0o700)
      let inner = temporary.appending("site")
      try files.createDirectory(atPath: inner.string, withIntermediateDirectories: false)
      for (name, mode) in [("module.py", 0o666), ("program", 0o777)] {
        let file = inner.appending(name)
        try Data().write(to: URL(fileURLWithPath: file.string))
        try files.setAttributes([.posixPermissions: mode], ofItemAtPath: file.string)
      }
      try files.createSymbolicLink(atPath: inner.appending("link").string, withDestinationPath: "nowhere")
      try files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: inner.string)
    }
    let site = target.appending("site")
    #expect(try mode(of: target) == mode(of: target.removingLastComponent()))
    #expect(try mode(of: site) == 0o755)
    #expect(try mode(of: site.appending("module.py")) == 0o644)
    #expect(try mode(of: site.appending("program")) == 0o755)
  }

  @Test(.enabled(if: geteuid() == 0)) func whatBelongsToAnotherUserIsRefused() throws {
    let folder = try TemporaryFolder()
    let cache = CacheDirectory(root: folder.path)
    try FileManager.default.createDirectory(atPath: cache.runtimes.string, withIntermediateDirectories: true)
    try #require(chown(cache.runtimes.string, 65534, 65534) == 0)
    #expect { try cache.checkOwners(upTo: cache.runtimes) } throws: {
      ($0 as? SandboxError)?.message.contains("belongs to another user (65534)") == true
    }
  }

  @Test func aFolderIsMadeWholeOrNotAtAll() async throws {
    let folder = try TemporaryFolder()
    let cache = CacheDirectory(root: folder.path)
    let target = folder.path.appending("thing")
    struct Failure: Error {}
    await #expect(throws: Failure.self) {
      try await cache.makeWhole(target) { temporary in
        try Data("half".utf8).write(to: URL(fileURLWithPath: temporary.appending("file").string))
        throw Failure()
      }
    }
    #expect(try folder.names() == [])
    try await cache.makeWhole(target) { temporary in
      try Data("whole".utf8).write(to: URL(fileURLWithPath: temporary.appending("file").string))
    }
    #expect(try folder.names() == ["thing"])
  }

  @Test func theSlowerOfTwoLeavesTheFasterOnesWork() async throws {
    let folder = try TemporaryFolder()
    let cache = CacheDirectory(root: folder.path)
    let target = folder.path.appending("thing")
    try await cache.makeWhole(target) { slow in
      try Data("slow".utf8).write(to: URL(fileURLWithPath: slow.appending("file").string))
      try await cache.makeWhole(target) { fast in
        try Data("fast".utf8).write(to: URL(fileURLWithPath: fast.appending("file").string))
      }
    }
    #expect(try folder.names() == ["thing"])
    #expect(FileManager.default.contents(atPath: target.appending("file").string) == Data("fast".utf8))
  }

  @Test func leftoversOfOneThingAreRemovedAndNoOthers() throws {
    let folder = try TemporaryFolder()
    let cache = CacheDirectory(root: folder.path)
    for name in [".thing-17", ".thing-18", ".other-1", "thing2"] {
      try FileManager.default.createDirectory(
        atPath: folder.path.appending(name).string, withIntermediateDirectories: false)
    }
    cache.removeLeftovers(of: folder.path.appending("thing"))
    #expect(try folder.names() == [".other-1", "thing2"])
  }

  @Test func oneWorksWhileTheOtherWaits() async throws {
    let folder = try TemporaryFolder()
    let cache = CacheDirectory(root: folder.path)
    let order = Recorder<String>()
    let (isIn, firstIsIn) = AsyncStream<Void>.makeStream()
    let (isWaiting, secondWaits) = AsyncStream<Void>.makeStream()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await cache.withLock("a") {
        } work: {
          order.append("first in")
          firstIsIn.finish()
          for await _ in isWaiting {}
          order.append("first out")
        }
      }
      for await _ in isIn {}
      group.addTask {
        try await cache.withLock("a") {
          order.append("waits")
          secondWaits.finish()
        } work: {
          order.append("second in")
        }
      }
      try await group.waitForAll()
    }
    #expect(order.values == ["first in", "waits", "first out", "second in"])
  }

  @Test func waitingForALockCanBeCancelled() async throws {
    let folder = try TemporaryFolder()
    let cache = CacheDirectory(root: folder.path)
    try await cache.withLock("a") {
    } work: {
      let second = Task {
        try await cache.withLock("a") {
        } work: {
        }
      }
      second.cancel()
      await #expect(throws: CancellationError.self) { try await second.value }
    }
  }

  @Test func aFolderThatCannotBeWrittenIsToldInOneSentence() async throws {
    let folder = try TemporaryFolder()
    let file = folder.path.appending("file")
    try Data().write(to: URL(fileURLWithPath: file.string))
    let cache = CacheDirectory(root: file)
    let error = await #expect(throws: SandboxError.self) {
      try await cache.withLock("a") {
      } work: {
      }
    }
    #expect(error?.code == .cacheUnusable)
    #expect(error?.remedy == .moveCache(isFull: false))
  }
}
