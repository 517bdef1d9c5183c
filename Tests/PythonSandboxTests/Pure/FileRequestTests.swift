import JSON
import Testing

@testable import PythonSandbox

@Suite struct FileRequestTests {
  private func request(_ members: JSONObject) throws -> FileRequest {
    var whole: JSONObject = ["request": 1, "operation": "stat", "mount": 0, "bytes": 0]
    whole.merge(members) { $1 }
    var following = 0
    return try FileRequest(try WireFields(.object(whole)), following: &following)
  }

  @Test(
    arguments: [
      ["mount": 2], ["mount": -1], ["path": "/etc"], ["path": .string(String(repeating: "n", count: 4096))],
      ["path": "a\0b"], ["other": "a\0b"], ["length": .integer(1 << 20 + 1)], ["length": -1], ["offset": -1],
      ["flags": -1],
      ["mode": 0o10000], ["read": .number(.infinity)],
    ] as [JSONObject])
  func boundsAreKept(members: JSONObject) throws {
    #expect(try !request(members).isWithinBounds(mounts: 2))
  }

  @Test(
    arguments: [
      ["mount": 1], ["path": ""], ["path": .string(String(repeating: "n", count: 4095))],
      ["length": .integer(1 << 20)],
      ["offset": .integer(1 << 40)], ["read": -1.5], ["operation": "change", "length": .integer(1 << 40)],
    ] as [JSONObject])
  func whatTheWardenSendsIsTaken(members: JSONObject) throws {
    #expect(try request(members).isWithinBounds(mounts: 2))
  }

  @Test func contentIsForWritesAlone() throws {
    var request = try request([:])
    request.content = [1]
    #expect(!request.isWithinBounds(mounts: 1))
    request.operation = .write
    #expect(request.isWithinBounds(mounts: 1))
  }

  @Test(
    arguments: [["bytes": -1], ["bytes": .integer(1 << 20 + 1)], ["operation": "none"], ["handle": "1"]]
      as [JSONObject])
  func whatCannotBeReadIsNotOurs(members: JSONObject) {
    #expect(throws: (any Error).self) { try request(members) }
  }
}
