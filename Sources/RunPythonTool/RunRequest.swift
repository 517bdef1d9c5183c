public import JSON
public import MCP

/// A call of the tool `run_python_code`.
public struct RunRequest: Sendable, Hashable {
  /// Python code; top-level `await` works, and the value of the last line is the result's.
  public var code: String
  /// The variables that the code finds, by name.
  public var globals: JSONObject
  /// The session for the code, where calls name one; nil for the one that needs no name, or for a new one.
  public var session: String?
  public var options: RunOptions

  public init(
    _ code: String, globals: JSONObject = [:], session: String? = nil, options: RunOptions = RunOptions()
  ) {
    self.code = code
    self.globals = globals
    self.session = session
    self.options = options
  }

  /// Reads a call.
  ///
  /// - Parameter meta: The `_meta` of the call.
  /// - Throws: `invalidParams` for arguments that do not fit the tool's schema.
  public init(_ arguments: ToolArguments, meta: JSONObject) throws(RPCError) {
    self.init(
      try arguments.requiredString(Member.code), globals: try arguments.object(Member.globals) ?? [:],
      session: try arguments.string(Member.session), options: RunOptions(meta: meta))
  }

  /// The arguments of the call.
  public var arguments: JSONObject {
    var arguments: JSONObject = [Member.code: .string(code)]
    if !globals.isEmpty { arguments[Member.globals] = .object(globals) }
    arguments[Member.session] = session.map(JSON.string)
    return arguments
  }
}

/// A size in cells of a terminal, each from 1 to 500.
public struct CellSize: Sendable, Hashable {
  private static let range = 1...500

  public let columns: Int
  public let rows: Int

  public init(columns: Int, rows: Int) {
    func clamped(_ count: Int) -> Int { min(max(count, Self.range.lowerBound), Self.range.upperBound) }
    self.columns = clamped(columns)
    self.rows = clamped(rows)
  }

  init?(_ json: JSON) {
    guard let columns = json["columns"]?.intValue, let rows = json["rows"]?.intValue,
      Self.range.contains(columns), Self.range.contains(rows)
    else { return nil }
    self.init(columns: columns, rows: rows)
  }

  var json: JSON { ["columns": .integer(columns), "rows": .integer(rows)] }
}

/// The way in which a session runs a piece of code. It stands in the `_meta` of the call.
public struct RunOptions: Sendable, Hashable {
  /// True when all values are displayed, as at Python's own prompt.
  public var isInteractive = false
  /// True when it must not count among the session's runs.
  public var isAside = false
  /// True when it and the earlier runs can be undone even if other runs follow at once.
  public var isUndoable = false
  /// True when each image is also sent as soon as it is shown, and not only with the result.
  public var showsImages = false
  /// True when the result must tell the session's place among its runs, and the exit that the code asked for.
  public var tellsRuns = false
  /// The size of the console that shows the output, in cells, from 1 to 10,000; nil for unknown.
  public var columns: Int?
  public var lines: Int?
  /// The terminal that the console is in; nil where the output does not go to one.
  public var terminal: TerminalKind?
  /// The cells for drawings of figures; nil where none are wanted.
  public var figures: CellSize?
  /// The program's name and its arguments; empty for none.
  public var argv: [String] = []

  public init(
    isInteractive: Bool = false, isAside: Bool = false, isUndoable: Bool = false, showsImages: Bool = false,
    tellsRuns: Bool = false, columns: Int? = nil, lines: Int? = nil, terminal: TerminalKind? = nil,
    figures: CellSize? = nil, argv: [String] = []
  ) {
    self.isInteractive = isInteractive
    self.isAside = isAside
    self.isUndoable = isUndoable
    self.showsImages = showsImages
    self.tellsRuns = tellsRuns
    self.columns = columns
    self.lines = lines
    self.terminal = terminal
    self.figures = figures
    self.argv = argv
  }

  /// Reads the `_meta` of a call. A value of another type asks for nothing.
  public init(meta: JSONObject) {
    func cells(_ key: String) -> Int? {
      meta[key]?.intValue.flatMap { (1...10_000).contains($0) ? $0 : nil }
    }
    self.init(
      isInteractive: meta[ToolKey.interactive] == true, isAside: meta[ToolKey.aside] == true,
      isUndoable: meta[ToolKey.undoable] == true, showsImages: meta[ToolKey.images] == true,
      tellsRuns: meta[ToolKey.runs] == true,
      columns: cells(ToolKey.columns), lines: cells(ToolKey.lines),
      terminal: meta[ToolKey.terminal]?.stringValue.flatMap(TerminalKind.init),
      figures: meta[ToolKey.figures].flatMap(CellSize.init))
    let words = meta[ToolKey.argv]?.arrayValue ?? []
    let texts = words.compactMap(\.stringValue)
    if texts.count == words.count { argv = texts }
  }

  /// The environment variables that tell the code of the console, and the cells for figures.
  public var consoleVariables: [String: String] {
    var variables = terminal?.variables ?? [:]
    variables["COLUMNS"] = columns.map(String.init)
    variables["LINES"] = lines.map(String.init)
    variables["figures"] = figures.map { "\($0.columns)x\($0.rows)" }
    return variables
  }

  /// The `_meta` of the call.
  public var meta: JSONObject {
    var meta: JSONObject = [:]
    if tellsRuns { meta[ToolKey.runs] = true }
    if isAside { meta[ToolKey.aside] = true }
    if isUndoable { meta[ToolKey.undoable] = true }
    if isInteractive { meta[ToolKey.interactive] = true }
    if showsImages { meta[ToolKey.images] = true }
    meta[ToolKey.columns] = columns.map(JSON.integer)
    meta[ToolKey.lines] = lines.map(JSON.integer)
    meta[ToolKey.terminal] = (terminal?.rawValue).map(JSON.string)
    meta[ToolKey.figures] = figures?.json
    if !argv.isEmpty { meta[ToolKey.argv] = .array(argv.map(JSON.string)) }
    return meta
  }
}

/// The arguments of a tool's call, checked against its input schema.
public struct ToolArguments: Sendable {
  private let values: JSONObject
  private let tool: String

  /// - Parameter tools: The tools that there are, the called one among them.
  /// - Throws: `invalidParams` for an argument that the tool does not have.
  public init(_ call: ToolCall, of tools: [Tool]) throws(RPCError) {
    values = call.arguments
    tool = call.name
    let schema = tools.first { $0.name == call.name }?.inputSchema
    let known = schema?["properties"]?.objectValue ?? [:]
    for name in values.keys where known[name] == nil { throw invalid("there is no argument '\(name)'") }
  }

  /// Makes the error with this complaint.
  public func invalid(_ complaint: String) -> RPCError {
    .invalidParams("Invalid arguments for tool \(tool): \(complaint)")
  }

  /// Makes the error for an argument that must be there.
  public func missing(_ name: String) -> RPCError { invalid("'\(name)' is missing") }

  /// Gives a string that must be there.
  public func requiredString(_ name: String) throws(RPCError) -> String {
    guard values[name] != nil else { throw missing(name) }
    return try value(name, "a string", \.stringValue)
  }

  /// Gives a string; nil when there is none, or null.
  public func string(_ name: String) throws(RPCError) -> String? {
    hasValue(name) ? try value(name, "a string", \.stringValue) : nil
  }

  /// Gives a boolean; nil when there is none, or null.
  public func boolean(_ name: String) throws(RPCError) -> Bool? {
    hasValue(name) ? try value(name, "true or false", \.boolValue) : nil
  }

  /// Gives an object; nil when there is none.
  public func object(_ name: String) throws(RPCError) -> JSONObject? {
    values[name] == nil ? nil : try value(name, "an object", \.objectValue)
  }

  private func hasValue(_ name: String) -> Bool { values[name].map { !$0.isNull } ?? false }

  private func value<Value>(
    _ name: String, _ kind: String, _ read: (JSON) -> Value?
  ) throws(RPCError) -> Value {
    guard let value = values[name].flatMap(read) else { throw invalid("'\(name)' must be \(kind)") }
    return value
  }
}
