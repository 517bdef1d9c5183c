internal import JSON
internal import MCP
internal import RunPythonTool
public import SystemSupport

/// The result of an evaluation.
public enum CodeResult: Sendable, Hashable {
  /// The code ran to its end.
  case success(Success)
  /// The packages could not be installed, so the code did not run.
  case installError(Failure)
  /// The code raised an exception, took too long, or was ended.
  case runError(Failure)

  /// The output, the images and the value of code that ran to its end.
  public struct Success: Sendable, Hashable {
    /// The code's output to stdout and stderr, by lines.
    public var output: [String]
    /// The value of the last line.
    public var value: ReturnValue
    /// Python's `repr` of that value; nil for None.
    public var repr: String?
    /// Figures and images, in the order in which the code made them.
    public var images: [CodeImage]
    /// A sentence about the run, such as that output was dropped.
    public var notice: String?
  }

  /// The reason why there is no value, and the earlier output.
  public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The code's output before the failure, by lines.
    public var output: [String]
    /// The traceback from `main.py` on, or the installer's reason.
    public var error: String
    /// A sentence about the run, such as that the interpreter was replaced.
    public var notice: String?

    public var description: String { error }
  }

  /// Gives the success.
  ///
  /// - Returns: The success.
  /// - Throws: The ``Failure``, if it is one.
  public func get() throws(Failure) -> Success {
    switch self {
    case .success(let success): return success
    case .installError(let failure), .runError(let failure): throw failure
    }
  }

  /// The code's output, by lines.
  public var output: [String] {
    switch self {
    case .success(let success): success.output
    case .installError(let failure), .runError(let failure): failure.output
    }
  }
}

/// A Python value as JSON: numbers, strings, lists, dicts; numpy arrays are lists, anything else is its `repr`.
public struct ReturnValue: Sendable, Hashable, CustomStringConvertible {
  /// The value's JSON text; `null` for None.
  public let json: String

  /// Reads the value as a type of Swift.
  ///
  /// - Throws: `DecodingError` when the value does not have that shape.
  public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(type, from: Data(json.utf8))
  }

  public var description: String { json }
}

/// An image that the code made.
public struct CodeImage: Sendable, Hashable {
  /// The bytes of an image file, in the format of `mimeType`.
  public var data: Data
  /// The format, such as `image/png`.
  public var mimeType: String
}

extension CodeResult {
  /// - Throws: `CodeSandboxError` when the server's result is not one of `run_python_code`.
  init(_ answer: RunAnswer) throws {
    switch answer.ending {
    case .success(let value):
      self = .success(
        Success(
          output: answer.output, value: ReturnValue(json: (value?.json ?? .null).text),
          repr: value?.representation, images: answer.images.compactMap(CodeImage.init),
          notice: answer.notice))
    case .runError(let error):
      self = .runError(Failure(output: answer.output, error: error, notice: answer.notice))
    case .installError(let error):
      self = .installError(Failure(output: answer.output, error: error, notice: answer.notice))
    case .foreign(let text, isError: true): throw CodeSandboxError(text)
    case .foreign(_, isError: false):
      throw CodeSandboxError("The server's result has no status; it is not that of mcp-run-python.")
    }
  }
}

extension CodeImage {
  /// Gives nil for content of another kind.
  fileprivate init?(_ content: Content) {
    guard case .image(let base64, let type) = content, let data = Data(base64Encoded: base64) else {
      return nil
    }
    self.init(data: data, mimeType: type)
  }
}

extension LogEntry {
  init(_ message: LogMessage) {
    self.init(
      level: message.level.rawValue, logger: message.logger ?? "",
      text: message.data.stringValue ?? message.data.text,
      isPartial: message.isPartial)
  }
}

extension JSON {
  init(encoding value: any Encodable) throws {
    let encoder = JSONEncoder()
    // The encoder's own order differs each time.
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    self = try JSON(parsing: Array(encoder.encode(value)))
  }
}
