import Foundation

@testable import PythonSandbox

/// A checkpoint's content taken apart, to be put together as somebody hostile would.
struct CheckpointParts {
  var preface: [String: Any]
  var header: [String: Any]
  var rest: [UInt8]

  init(_ checkpoint: Checkpoint) throws {
    func object(_ bytes: ArraySlice<UInt8>) throws -> [String: Any] {
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
    }
    let end = checkpoint.content.firstIndex(of: UInt8(ascii: "\n")) ?? 0
    preface = try object(checkpoint.content[..<end])
    let headerEnd = end + 1 + (preface["header"] as? Int ?? 0)
    header = try object(checkpoint.content[(end + 1)..<headerEnd])
    rest = Array(checkpoint.content[headerEnd...])
  }

  subscript(linkage name: String) -> Any? {
    get { (header["linkage"] as? [String: Any])?[name] }
    set {
      var linkage = header["linkage"] as? [String: Any] ?? [:]
      linkage[name] = newValue
      header["linkage"] = linkage
    }
  }

  /// The same with these parts.
  func joined(like checkpoint: Checkpoint) throws -> Checkpoint {
    let header = [UInt8](try JSONSerialization.data(withJSONObject: header))
    var preface = preface
    preface["header"] = header.count
    let line = [UInt8](try JSONSerialization.data(withJSONObject: preface))
    return checkpoint.with(content: line + [UInt8(ascii: "\n")] + header + rest)
  }
}

extension Checkpoint {
  func with(image: String? = nil, content: [UInt8]? = nil) -> Checkpoint {
    Checkpoint(
      image: image ?? self.image, dependencies: dependencies, pythonVersion: pythonVersion, created: created,
      content: content ?? self.content)
  }
}
