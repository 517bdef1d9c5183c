internal import MCP
internal import Pictures
internal import PythonSandbox
internal import RunPythonTool
import SystemSupport

/// All results of one call of the tool, from which both forms of its result are written.
struct RunReport {
  enum Ending {
    case success(RunResult.Value?)
    case runError(String)
    case installError(String)
  }

  var ending: Ending
  /// The code's output, by lines.
  var output: [String]
  /// The images that the code showed, in order.
  var images: [PNGFile] = []
  /// The exit that the code asked for, if it ended Python.
  var exit: RunResult.Exit?
  /// Sentences that the original has no place for: a replaced interpreter, dropped output.
  var notices: [Notice] = []
  /// The session's name for the next call, where no protocol remembers it.
  var session: String?
  /// True when the result is for a prompt, which shows the value as Python does.
  var isForPrompt = false
  /// The session's place among its runs, where the client wants to know it.
  var place: RunPlace?

  /// The return value as JSON, if there is one.
  var value: JSON? {
    guard case .success(let value?) = ending else { return nil }
    guard let json = value.json else { return .string(value.text) }
    // A value nested deeper than the parser goes is given in Python's own text.
    return (try? JSON(parsing: json.utf8)) ?? .string(value.representation)
  }

  /// The report as programs read it.
  var answer: RunAnswer {
    let ending: RunAnswer.Ending =
      switch self.ending {
      case .success(nil): .success(nil)
      case .success(let shown?):
        .success(RunAnswer.Value(json: value ?? .null, representation: shown.representation))
      case .runError(let text): .runError(text)
      case .installError(let text): .installError(text)
      }
    return RunAnswer(
      ending, output: output, notice: notices.text, session: session,
      exit: exit.map { RunAnswer.Exit(status: $0.status, message: $0.message) }, place: place,
      images: images.map(\.content))
  }
}

/// A sentence for the client beside the result of a run.
struct Notice {
  let text: String
  /// True when it is only for readers of structures and logs: the original's texts have nothing like it.
  let isBesideText: Bool
  /// True when the client's log has it already, because its run was cancelled and has no result.
  fileprivate(set) var isLogged = false

  init(_ text: String, isBesideText: Bool = false) {
    self.text = text
    self.isBesideText = isBesideText
  }
}

extension PythonSession {
  /// Notes that the client's log has the sentence that the next result will tell.
  func noteLogged() { notice?.isLogged = true }
}

extension [Notice] {
  /// The notices that the result's text has too.
  var ofText: Self { filter { !$0.isBesideText } }

  /// All of the notices; nil for none.
  var text: String? { isEmpty ? nil : map(\.text).joined(separator: " ") }
}

extension PNGFile {
  /// The image in the form of a tool's result.
  var content: Content { .image(base64: Data(bytes).base64EncodedString(), mimeType: Self.mimeType) }
}
