internal import MCP
internal import Pictures
internal import SystemSupport
internal import TerminalText

/// The content of the console: typed code, and its results.
public struct Transcript: Sendable {
  /// The lines of a run's output that the console shows too; the rest is in the streams' own panes.
  private static let copiedLines = 40

  private(set) var ring: RingText
  /// The first line of each run that goes on.
  private var openRuns: [Int: Int] = [:]
  private var copiedLineCount = 0
  private var isCopyCut = false
  /// All runs, in order.
  private(set) var blocks: [Block] = []

  struct Block: Sendable, Hashable {
    var run: Int
    var code: String
    /// The block's lines in the console; nil while it runs.
    var lines: Range<Int>?
    /// The reason why the session's state does not come from it; nil when it does.
    var absence: String?
  }

  /// The first run of the present server. Earlier ones are marked no more.
  private var firstOfServer = 0

  public init(limits: RingText.Limits = RingText.Limits()) {
    ring = RingText(limits: limits)
  }

  /// All of the console as text.
  public var plainText: String { ring.plainText }

  /// Adds a block of code that begins to run.
  mutating func typed(_ code: String, run: Int, shownAs title: String? = nil) {
    openRuns[run] = ring.numbers.upperBound
    (copiedLineCount, isCopyCut) = (0, false)
    blocks.append(Block(run: run, code: code))
    appendTyped(title.map { [[Span(VisibleText.of($0))]] } ?? PythonHighlighter.lines(of: code))
  }

  /// Adds a command line.
  mutating func typed(command: String) {
    appendTyped(VisibleText.lines(of: command).map { [Span($0)] })
  }

  /// Adds the lines of an `input()` question but for the last, which stands at the prompt.
  mutating func asked(_ prompt: String) {
    for line in VisibleText.lines(of: prompt).dropLast() { ring.append(line: [Span(line, .prompt)]) }
  }

  /// Adds the user's answer to `input()`.
  mutating func answered(_ answer: String, prompt: String) {
    ring.append(line: [
      Span(VisibleText.lines(of: prompt).last ?? "", .prompt), Span(VisibleText.of(answer)),
    ])
  }

  private mutating func appendTyped(_ lines: [Line]) {
    for (index, line) in lines.enumerated() {
      ring.append(line: [Span(index == 0 ? ">>> " : "... ", .prompt)] + line)
    }
  }

  /// Adds output of the current run, but only its first lines.
  mutating func output(_ pieces: [OutputReader.Piece], pane: Pane) {
    if pieces.isEmpty || isCopyCut { return }
    if copiedLineCount < Self.copiedLines {
      let before = ring.endedLines
      ring.append(pieces, role: pane == .standardError ? .standardError : .plain, copyOf: pane)
      copiedLineCount += max(0, ring.endedLines - before)
    } else {
      let note = "… more in the panes stdout and stderr"
      ring.append([.text(note, .plain), .newline], role: .notice, copyOf: pane)
      isCopyCut = true
    }
  }

  /// Adds a line of a value that a run displays beside its result.
  mutating func displayed(_ text: String) {
    for line in StyledText.lines(of: text, .value) { ring.append(line: line) }
  }

  /// Adds an image that code shows: a picture of it where there is one, and its commands.
  mutating func shown(_ image: SessionImage, preview: Pixels?) {
    if let preview { ring.append(picture: preview, width: image.png?.width) }
    let rest = "; :open or :save-image FILE"
    ring.append(line: [Span(image.caption, .notice), Span(rest, .dim)])
  }

  /// Adds the end of a run.
  mutating func finish(run: Int, _ outcome: RunOutcome, exactTiming: Bool = false) {
    switch outcome.ending {
    case .value(let value?):
      for line in StyledText.lines(of: value, .value) { ring.append(line: line) }
    case .value(nil): break
    // An excepthook in the user's code has already told the error.
    case .failure(""): break
    case .failure(let text): for line in TracebackHighlighter.lines(of: text) { ring.append(line: line) }
    case .exit: break
    case .cancelled: ring.append(line: [Span("KeyboardInterrupt", .errorText)])
    }
    if let notice = outcome.notice { say(notice) }
    let seconds = outcome.duration.inSeconds
    let first = openRuns.removeValue(forKey: run)
    if let first { ring.setTrailing([Span("  " + Numbers.duration(seconds), .timing)], at: first) }
    if exactTiming {
      let microseconds = Int((seconds * 1_000_000).rounded())
      ring.append(line: [
        Span("time: \(Numbers.grouped(microseconds)) µs, with the way to the server", .timing)
      ])
    }
    if let first, let block = blocks.lastIndex(where: { $0.run == run }) {
      blocks[block].lines = first..<max(first, ring.numbers.upperBound)
    }
  }

  /// Marks the runs that the session's state does not come from, and no others.
  mutating func mark(_ sessions: Sessions) {
    let present = sessions.presentRuns
    for index in blocks.indices.dropFirst(firstOfServer) {
      let run = blocks[index].run
      let absence = present.contains(run) ? nil : sessions.absence(ofRun: run)
      guard let lines = blocks[index].lines, absence != blocks[index].absence else { continue }
      blocks[index].absence = absence
      ring.setAbsence(absence, of: lines)
    }
  }

  /// Keeps the marks as they are, because the server is gone.
  mutating func endMarking() { firstOfServer = blocks.count }

  /// Adds a sentence of the program itself.
  mutating func say(_ text: String, _ role: Style.Role = .notice) {
    for line in VisibleText.lines(of: text) { ring.append(line: [Span(line, role)]) }
  }

  /// Adds the result of a command.
  mutating func say(_ answer: Answer) {
    switch answer.kind {
    case .notice: say(answer.text)
    case .error: say(answer.text, .errorText)
    case .python: for line in PythonHighlighter.lines(of: answer.text) { ring.append(line: line) }
    case .json:
      let lines = (try? JSON(parsing: answer.text.utf8)).map { JSONHighlighter.lines(of: $0) }
      for line in lines ?? VisibleText.lines(of: answer.text).map({ [Span($0)] }) { ring.append(line: line) }
    }
  }

  mutating func removeAll() { ring.removeAll() }
}
