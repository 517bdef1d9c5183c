public import JSON
public import MCP

/// The answer to a call of `run_python_code`.
public struct RunAnswer: Sendable, Hashable {
  public enum Ending: Sendable, Hashable {
    /// The code ran to its end; nil for None.
    case success(Value?)
    /// The code raised: the traceback from `main.py` on. It is empty when the code told the error itself.
    case runError(String)
    /// The packages could not be installed: the installer's reason.
    case installError(String)
    /// The text is of another server's own form, such as the original's XML.
    case foreign(String, isError: Bool)
  }

  /// The value of the code's last line.
  public struct Value: Sendable, Hashable {
    public var json: JSON
    /// Python's `repr` of the value; nil where the server does not give it.
    public var representation: String?

    public init(json: JSON, representation: String?) {
      self.json = json
      self.representation = representation
    }
  }

  /// The end that the code asked for, as `sys.exit` does.
  public struct Exit: Sendable, Hashable {
    public var status: UInt8
    /// The text that Python then writes to stderr.
    public var message: String?

    public init(status: UInt8, message: String?) {
      self.status = status
      self.message = message
    }
  }

  public var ending: Ending
  /// The code's output to stdout and stderr, by lines.
  public var output: [String]
  /// Sentences about the run: the interpreter was replaced, output was dropped.
  public var notice: String?
  /// The session's name for the next call, where no protocol remembers it.
  public var session: String?
  /// The exit that the code asked for, if it ended Python.
  public var exit: Exit?
  /// The session's place among its runs, where the client asked for it.
  public var place: RunPlace?
  /// The images that the code showed, in order; they are content of the result.
  public var images: [Content]

  public init(
    _ ending: Ending, output: [String] = [], notice: String? = nil, session: String? = nil,
    exit: Exit? = nil, place: RunPlace? = nil, images: [Content] = []
  ) {
    self.ending = ending
    self.output = output
    self.notice = notice
    self.session = session
    self.exit = exit
    self.place = place
    self.images = images
  }
}

extension RunAnswer {
  /// The answer's kind in a word, as results and metrics have it.
  public enum Status: String, Sendable, Hashable, CaseIterable {
    case success
    case installError = "install-error"
    case runError = "run-error"
  }

  public var status: Status {
    switch ending {
    case .success, .foreign(_, isError: false): .success
    case .installError: .installError
    case .runError, .foreign(_, isError: true): .runError
    }
  }

  /// The account of the error, if there was one.
  public var error: String? {
    switch ending {
    case .success, .foreign(_, isError: false): nil
    case .runError(let text), .installError(let text), .foreign(let text, isError: true): text
    }
  }

  /// The result for programs, by the tool's output schema.
  public var structuredContent: JSON {
    var members: JSONObject = [
      Member.status: .string(status.rawValue), Member.output: .array(output.map(JSON.string)),
    ]
    if case .success(let value) = ending {
      members[Member.value] = value?.json ?? .null
      members[Member.representation] = value?.representation.map(JSON.string)
    }
    members[Member.error] = error.map(JSON.string)
    members[Member.notice] = notice.map(JSON.string)
    members[Member.session] = session.map(JSON.string)
    return .object(members)
  }

  /// The `_meta` of the result, for clients that ask for it; nil when there is nothing to tell.
  public var meta: JSONObject? {
    var members: JSONObject = [:]
    members[ToolKey.runs] = place.map { .integer($0.runs) }
    members[ToolKey.undoable] = place?.undoable.map(JSON.integer)
    if let exit {
      var told: JSONObject = [Member.status: .integer(Int(exit.status))]
      told[Member.message] = exit.message.map(JSON.string)
      members[ToolKey.exit] = .object(told)
    }
    return members.isEmpty ? nil : members
  }

  /// Reads a result. Revisions before 2025-06-18 have it as text only, which is read if it is the same as
  /// JSON.
  public init(_ result: ToolResult) {
    let text = result.text
    let report = result.structuredContent ?? (try? JSON(parsing: text.utf8))
    let images = result.content.filter { if case .image = $0 { true } else { false } }
    guard let report, let status = report[Member.status]?.stringValue else {
      let isError = result.isError || text.hasPrefix("<status>run-error")
      self.init(.foreign(text, isError: isError), images: images)
      place = RunPlace(result.meta)
      return
    }
    let error = report[Member.error]?.stringValue ?? text
    let ending: Ending =
      switch Status(rawValue: status) {
      case .success?: .success(Value(report))
      case .installError?: .installError(error)
      case .runError?, nil: .runError(error)
      }
    self.init(
      ending, output: report[Member.output]?.arrayValue?.compactMap(\.stringValue) ?? [],
      notice: report[Member.notice]?.stringValue, session: report[Member.session]?.stringValue,
      place: RunPlace(result.meta), images: images)
    if self.error != nil { exit = result.meta?[ToolKey.exit].flatMap(Exit.init) }
  }
}

/// A session's place among its runs, as its server counts them.
public struct RunPlace: Sendable, Hashable {
  /// The number of runs that the session's state comes from.
  public var runs: Int
  /// The most of its last runs that can be undone; nil where the server does not tell.
  public var undoable: Int?

  public init(runs: Int, undoable: Int?) {
    self.runs = runs
    self.undoable = undoable
  }

  /// Reads the `_meta` of a result; nil when it tells no number of runs.
  fileprivate init?(_ meta: JSONObject?) {
    guard let runs = meta?[ToolKey.runs]?.intValue else { return nil }
    self.init(runs: runs, undoable: meta?[ToolKey.undoable]?.intValue)
  }
}

extension RunAnswer.Value {
  /// Gives nil for None.
  fileprivate init?(_ report: JSON) {
    let json = report[Member.value] ?? .null
    let representation = report[Member.representation]?.stringValue
    if json.isNull, representation == nil { return nil }
    self.init(json: json, representation: representation)
  }
}

extension RunAnswer.Exit {
  fileprivate init?(_ json: JSON) {
    guard let status = json[Member.status]?.intValue else { return nil }
    self.init(status: UInt8(truncatingIfNeeded: status), message: json[Member.message]?.stringValue)
  }
}
