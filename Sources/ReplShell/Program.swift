import Repl
import SystemPackage

/// A whole program, from a file or from the command line.
public struct Program: Sendable {
  let code: String
  /// Python's `sys.argv`: the file, or `-c`, and then the arguments.
  let argv: [String]

  public init(code: String) {
    self.code = code
    argv = ["-c"]
  }

  /// - Parameter file: the file; `-` stands for stdin.
  /// - Throws: ``CommandFailure`` when the file cannot be read, or is no text.
  public init(file: String, arguments: [String]) throws {
    do {
      code = try PythonSource.text(of: try WholeFile.bytes(of: file))
    } catch let error as PythonSource.Failure {
      throw CommandFailure("\(file): \(error)")
    }
    argv = [file] + arguments
  }
}

/// Reads a whole file, even a pipe or a device, which tell no size.
public enum WholeFile {
  /// - Parameter path: the file; `-` stands for stdin.
  /// - Throws: ``CommandFailure`` with the reason why it cannot be read.
  public static func bytes(of path: String) throws -> [UInt8] {
    do {
      if path == "-" { return try rest(of: .standardInput) }
      let file = try FileDescriptor.open(FilePath(path), .readOnly)
      return try file.closeAfter { try rest(of: file) }
    } catch let error as Errno {
      throw CommandFailure("The file \(path) cannot be read: \(error).")
    }
  }

  private static func rest(of file: FileDescriptor) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }
}
