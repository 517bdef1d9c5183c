import MCP
import SystemPackage

/// The official example messages of 2026-07-28, which lie beside the package where it is developed.
enum Examples {
  private static let folder: FilePath = {
    var root = FilePath(#filePath)
    for _ in 0..<4 { root.removeLastComponent() }
    return root.removingLastComponent().appending("shared/mcp-schema/examples-2026-07-28")
  }()

  static var arePresent: Bool { (try? text("Tool/with-no-parameters")) != nil }

  /// - Parameter name: Folder and file without ".json".
  static func json(_ name: String) throws -> JSON { try JSON(parsing: text(name)) }

  private static func text(_ name: String) throws -> [UInt8] {
    let file = try FileDescriptor.open(folder.appending("\(name).json"), .readOnly)
    return try file.closeAfter {
      var text: [UInt8] = []
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
      defer { buffer.deallocate() }
      while case let count = try file.read(into: buffer), count > 0 { text += buffer[..<count] }
      return text
    }
  }
}
