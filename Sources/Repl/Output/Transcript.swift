internal import MCP
internal import SystemSupport
internal import TerminalText

/// The content of the console: code, and what comes of it, in the order in which it happened.
public struct Transcript: Sendable {
  /// The lines of an output or a value that are drawn at most; of a longer one the middle is folded.
  private static let unfoldedLines = 60
  /// The lines that are seen above and below such a fold.
  private static let seenLines = 20
  /// The characters of a line that are drawn at most, and those that are seen of a longer one.
  private static let unfoldedCharacters = 4000
  private static let seenCharacters = 1200

  private(set) var ring: RingText
  private(set) var folds = Folds()
  /// The first line of each run that goes on.
  private(set) var openRuns: [Int: Int] = [:]
  /// The first line of the output that goes on; nil after something else.
  private var outputStart: Int?
  /// True when nothing is drawn above the next line.
  private var isEmpty = false
  /// The lines of the greeting while they are seen.
  private var greeting: Range<Int>?
  /// All runs, in order.
  private(set) var blocks: [Block] = []

  struct Block: Sendable, Hashable {
    var run: Int
    var code: String
    /// False for a file that was run.
    var isTyped = true
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

  /// Greets the user. The greeting goes with the first block.
  mutating func greet(_ lines: [Line]) {
    if lines.isEmpty { return }
    let start = ring.numbers.upperBound
    for line in lines { ring.append(line: line) }
    greeting = start..<ring.numbers.upperBound
  }

  /// Adds a block of code that begins to run.
  ///
  /// - Parameters:
  ///   - number: the number of the block in its session.
  ///   - title: the command that runs a file; it is shown in place of the code.
  mutating func typed(_ code: String, run: Int, number: Int, shownAs title: String? = nil) {
    if let greeting {
      folds.add(.past, greeting)
      isEmpty = greeting.upperBound == ring.numbers.upperBound
    }
    greeting = nil
    blocks.append(Block(run: run, code: code, isTyped: title == nil))
    guard let title else {
      openRuns[run] = appendTyped(PythonHighlighter.lines(of: code), number: number)
      return
    }
    let line = VisibleText.of(title)
    // The command that runs a file stands there already.
    let isThere = ring.lastCommand == line
    openRuns[run] = isThere ? ring.numbers.upperBound - 1 : appendTyped([[Span(line)]], number: nil)
  }

  /// Adds a command line.
  mutating func typed(command: String) {
    _ = appendTyped(VisibleText.lines(of: command).map { [Span($0)] }, number: nil)
  }

  /// Adds the lines of an `input()` question but for the last, which stands at the prompt.
  mutating func asked(_ prompt: String) {
    for line in VisibleText.lines(of: prompt).dropLast() { ring.append(line: [Span(line, .prompt)]) }
  }

  /// Adds the user's answer to `input()`.
  mutating func answered(_ answer: String, prompt: String) {
    outputStart = nil
    ring.append(line: [
      Span(VisibleText.lines(of: prompt).last ?? "", .prompt), Span(VisibleText.of(answer)),
    ])
  }

  /// Adds typed lines below a blank one; gives the first one's number.
  private mutating func appendTyped(_ lines: [Line], number: Int?) -> Int {
    outputStart = nil
    if !ring.endsBlank, !isEmpty { ring.append(line: []) }
    isEmpty = false
    let start = ring.numbers.upperBound
    for (index, line) in lines.enumerated() {
      ring.append(line: line, gutter: index == 0 ? .code(number) : .more)
    }
    return start
  }

  /// Adds output of the current run.
  mutating func output(_ pieces: [OutputReader.Piece], pane: Pane) {
    if pieces.isEmpty { return }
    let start = outputStart ?? ring.numbers.upperBound
    ring.append(pieces, role: pane == .standardError ? .standardError : .plain)
    noteOutput(from: start)
  }

  /// Adds a line of a value that a run displays beside its result.
  mutating func displayed(_ text: String) {
    let start = outputStart ?? ring.numbers.upperBound
    for line in StyledText.lines(of: text, .value) { ring.append(line: line) }
    noteOutput(from: start)
  }

  private mutating func noteOutput(from start: Int) {
    outputStart = start
    foldMiddle(start..<ring.numbers.upperBound)
    folds.drop(before: ring.numbers.lowerBound)
  }

  /// Folds what is neither at the beginning nor at the end of many lines.
  private mutating func foldMiddle(_ lines: Range<Int>) {
    guard lines.count > Self.unfoldedLines else { return }
    folds.extend(to: lines.dropFirst(Self.seenLines).dropLast(Self.seenLines))
  }

  /// Adds the value of a run. A long line of it is folded behind its beginning, and many lines in their middle.
  private mutating func appendValue(_ value: String) {
    let start = ring.numbers.upperBound
    let lines = StyledText.lines(of: value, .value)
    for line in lines {
      let width = line.width
      guard width > Self.unfoldedCharacters, lines.count <= Self.unfoldedLines else {
        ring.append(line: line)
        continue
      }
      ring.append(line: line, head: Self.seenCharacters)
      let end = ring.numbers.upperBound
      let pieces = (width - Self.seenCharacters + RingText.pieceBytes - 1) / RingText.pieceBytes
      folds.add(.characters(width - Self.seenCharacters), end - pieces..<end)
    }
    if lines.count > Self.unfoldedLines { foldMiddle(start..<ring.numbers.upperBound) }
  }

  /// Adds a traceback, with the frames in libraries folded.
  private mutating func appendTraceback(_ text: String) {
    let lines = TracebackHighlighter.lines(of: text)
    let start = ring.numbers.upperBound
    for line in lines { ring.append(line: line) }
    for group in LibraryFrames.groups(in: lines.map(\.plainText)) {
      let (first, end) = (start + group.lines.lowerBound, start + group.lines.upperBound)
      folds.add(.frames(group.count, library: group.library), first..<end)
    }
  }

  /// Opens the fold at a line, or closes it.
  mutating func toggleFold(at line: Int) { folds.toggle(at: line) }

  mutating func openFold(at line: Int) { folds.open(at: line) }

  /// Adds an image that code shows: a picture of it where there is one, and its commands.
  mutating func shown(_ image: SessionImage, preview: ImagePreview?) {
    outputStart = nil
    if let preview { ring.append(picture: preview) }
    let rest = "; :open or :save-image FILE"
    ring.append(line: [Span(image.caption, .notice), Span(rest, .dim)])
  }

  /// The beginning of a run's code; empty for an unknown run.
  func firstLine(ofRun run: Int) -> String {
    let code = blocks.last { $0.run == run }?.code ?? ""
    return code.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
  }

  /// Adds the end of a run.
  mutating func finish(run: Int, _ outcome: RunOutcome, exactTiming: Bool = false) {
    outputStart = nil
    defer { folds.drop(before: ring.numbers.lowerBound) }
    switch outcome.ending {
    case .value(let value?): appendValue(value)
    case .value(nil): break
    // An excepthook in the user's code has already told the error.
    case .failure(""): break
    case .failure(let text): appendTraceback(text)
    case .exit: break
    case .cancelled: ring.append(line: [Span("KeyboardInterrupt", .errorText)])
    }
    if let notice = outcome.notice { say(notice) }
    let seconds = outcome.duration.inSeconds
    let first = openRuns.removeValue(forKey: run)
    if let first {
      let time = Span("  " + Numbers.duration(seconds), .timing)
      ring.setTrailing(outcome.hasFailed ? [time, Span(" ✗", .errorText)] : [time], at: first)
    }
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

  mutating func removeAll() {
    ring.removeAll()
    folds.removeAll()
    (greeting, outputStart) = (nil, nil)
  }
}

extension RunOutcome {
  fileprivate var hasFailed: Bool {
    switch ending {
    case .value: false
    case .exit(let status, _): status != 0
    case .failure, .cancelled: true
    }
  }
}
