import SystemPackage
import Testing

@testable import Terminal

@Suite struct HistoryTests {
  let folder: TemporaryFolder
  var path: FilePath { folder.path.appending("state").appending("history") }

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func blocksComeBack() throws {
    let blocks = ["x = 1", "def f():\n\treturn '\\n \\012'", "é = '漢\u{1f600}\u{1b}'", "x = 1"]
    let history = History(path: path)
    for block in blocks { try history.append(block) }
    #expect(history.entries == blocks)
    let again = History(path: path)
    #expect(again.entries == blocks)
    #expect(again.notice == nil)
  }

  @Test func fileIsAsLibeditWritesIt() throws {
    try History(path: path).append("if x:\n  y\\z")
    #expect(try folder.read(path) == "_HiStOrY_V2_\nif\\040x:\\012\\040\\040y\\\\z\n")
  }

  @Test func onlyTheOwnerMayRead() throws {
    try History(path: path).append("x")
    #expect(try folder.permissions(of: path) == 0o600)
    #expect(try folder.permissions(of: path.removingLastComponent()) == 0o700)
  }

  @Test func repetitionsAndBlanksAreNotAdded() throws {
    let history = History(path: path)
    for block in ["x", "x", " \n", "y", "x"] { try history.append(block) }
    #expect(History(path: path).entries == ["x", "y", "x"])
  }

  @Test func twoProgramsLoseNothing() async throws {
    let histories = [History(path: path), History(path: path)]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, history) in histories.enumerated() {
        group.addTask {
          for entry in 0..<100 { try history.append("\(number): \(entry)") }
        }
      }
      try await group.waitForAll()
    }
    let entries = History(path: path).entries
    #expect(entries.count == 200)
    #expect(entries.filter { $0.hasPrefix("0") } == (0..<100).map { "0: \($0)" })
  }

  @Test func longFileIsShortened() throws {
    let first = History(path: path, limit: 10)
    let second = History(path: path, limit: 10)
    for entry in 0..<13 { try first.append("a\(entry)") }
    #expect(first.entries == (3..<13).map { "a\($0)" })
    #expect(try folder.read(path).split(separator: "\n").count == 11)
    try second.append("b")
    try first.append("c")
    #expect(History(path: path, limit: 100).entries == (3..<13).map { "a\($0)" } + ["b", "c"])
    #expect(try folder.permissions(of: path) == 0o600)
  }

  @Test func editorGetsWhatIsNew() throws {
    let history = History(path: nil, limit: 3)
    try history.append("a")
    #expect(history.added(since: 0).entries == ["a"])
    for block in ["b", "c", "d", "e"] { try history.append(block) }
    #expect(history.added(since: 4).entries == ["e"])
    #expect(history.added(since: 0).entries == ["c", "d", "e"])
    #expect(history.added(since: 5).entries == [])
  }

  @Test(arguments: [
    Array("import this\n".utf8),
    Array("_HiStOrY_V2_\nx\n".utf8) + [0xff, 0xfe, 0x0a],
    Array("_HiStOrY_V2_\n\0\0\0\n".utf8),
  ])
  func damagedFileIsKeptAside(_ bytes: [UInt8]) throws {
    try folder.write(bytes, to: path)
    let history = History(path: path)
    #expect(history.entries == [])
    #expect(history.notice?.contains("\(path).kept-1 and a new one was started.") == true)
    try history.append("x")
    #expect(History(path: path).entries == ["x"])
    #expect(try folder.bytes(FilePath(path.string + ".kept-1")) == bytes)
    try folder.write(bytes, to: path)
    #expect(History(path: path).notice?.contains(".kept-2") == true)
  }

  @Test func tornLastRecordSpoilsNoOther() throws {
    try folder.write(Array("_HiStOrY_V2_\nx\ny\\04".utf8), to: path)
    let history = History(path: path)
    #expect(history.notice == nil)
    try history.append("z")
    #expect(History(path: path).entries.last == "z")
    #expect(History(path: path).entries.count == 3)
  }

  @Test func folderInItsPlaceIsKeptAside() throws {
    try folder.write([], to: path.appending("inside"))
    let history = History(path: path)
    #expect(history.notice != nil)
    try history.append("x")
    #expect(History(path: path).entries == ["x"])
  }

  @Test func impossiblePlaceLeavesAHistoryInMemory() throws {
    let history = History(path: "/dev/null/history")
    #expect(history.notice?.contains("for this session only") == true)
    try history.append("x")
    #expect(history.entries == ["x"])
  }

  @Test func linkStaysALink() throws {
    let target = folder.path.appending("target")
    try folder.write([], to: target)
    try folder.link(path, to: target)
    let history = History(path: path, limit: 5)
    for entry in 0..<20 { try history.append("\(entry)") }
    #expect(try folder.read(target).hasPrefix("_HiStOrY_V2_\n"))
    #expect(try folder.read(path) == folder.read(target))
  }
}
