import Repl

/// A whole program, from a file or from the command line.
struct Program: Sendable {
  let code: String
  /// Python's `sys.argv`: the file, or `-c`, and then the arguments.
  let argv: [String]

  init(code: String) {
    self.code = code
    argv = ["-c"]
  }

  /// - Parameter file: the file; `-` stands for stdin.
  /// - Throws: ``CommandFailure`` when the file cannot be read, or is no text.
  init(file: String, arguments: [String]) throws {
    do {
      code = try PythonSource.text(of: try WholeFile.bytes(of: file))
    } catch let error as PythonSource.Failure {
      throw CommandFailure("\(file): \(error)")
    }
    argv = [file] + arguments
  }
}
