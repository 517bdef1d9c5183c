internal import MCP

/// The messages on their way to a client that belong together: those of one request, or those of no request.
///
/// They are kept so that one reader can follow another when a connection is lost.
///
/// The actor guards the messages and the reader's place from the conversation, which writes, and the responses,
/// which read.
actor EventStream {
  /// The answer to a reader that asks for more.
  enum Portion: Sendable {
    case events([EventLog.Event])
    /// Nothing came within the time.
    case quiet
    /// Nothing comes any more, or another reader has taken over.
    case end
  }

  /// The right to read, until somebody else gets it.
  struct Reader: Sendable, Hashable {
    fileprivate let generation: Int
  }

  /// The stream's number, unique in its session.
  nonisolated let number: Int
  private var log = EventLog(limit: 1 << 20)
  private var missingAnswers: Int?
  private(set) var isFinished = false
  private var hasReader = false
  private var generation = 0
  /// The number of the last event that a reader was given.
  private var cursor = 0
  /// The number of bytes that came after that event.
  private var unreadBytes = 0
  private var waitingReader: (id: Int, continuation: CheckedContinuation<Bool, Never>)?
  private var waitingWriters: [CheckedContinuation<Void, Never>] = []
  private var lastWait = 0

  /// The number of bytes that may wait for a reader before a writer has to wait.
  private static let window = 256 << 10

  /// - Parameter answers: The number of answers that end the stream; nil for a stream that no answer ends.
  init(number: Int, answers: Int?) {
    self.number = number
    missingAnswers = answers
  }

  var isEmpty: Bool { log.lastNumber == 0 }

  /// Adds a message, then waits while the reader is too far behind. Without a reader it does not wait.
  func append(_ message: [UInt8], answer: EventLog.Answer? = nil) async {
    guard !isFinished else { return }
    log.append(message, answer: answer) { hasReader && $0 > cursor }
    unreadBytes += message.count
    if answer != nil { countAnswer() }
    wakeReader(true)
    while hasReader, !isFinished, unreadBytes > Self.window {
      await withCheckedContinuation { waitingWriters.append($0) }
    }
  }

  /// Notes that one of the answers does not come.
  func skipAnswer() {
    countAnswer()
    if isFinished { finish() }
  }

  /// Ends the stream: no message comes any more.
  func finish() {
    isFinished = true
    wakeReader(true)
    wakeWriters()
  }

  /// Begins to read, in place of the reader before.
  ///
  /// - Parameter last: The number of the last event that the client has seen; nil goes on where the reader before
  ///   was.
  func attach(after last: Int? = nil) -> Reader {
    generation += 1
    hasReader = true
    if let last {
      cursor = min(last, log.lastNumber)
      unreadBytes = log.bytes(after: cursor)
    }
    wakeReader(true)
    return Reader(generation: generation)
  }

  /// Ends reading. Messages that come from now on are kept for the next reader.
  func detach(_ reader: Reader) {
    guard reader.generation == generation else { return }
    hasReader = false
    wakeWriters()
  }

  /// Gives the messages that came since the last time, and waits for one if there is none.
  ///
  /// - Returns: `quiet` when none came within `time`; `end` when the task is cancelled, too.
  func next(_ reader: Reader, within time: Duration) async -> Portion {
    while reader.generation == generation, !Task.isCancelled {
      let events = log.events(after: cursor)
      if let last = events.last {
        cursor = last.number
        unreadBytes = 0
        wakeWriters()
        return .events(events)
      }
      if isFinished { return .end }
      if await !news(within: time) { return Task.isCancelled ? .end : .quiet }
    }
    return .end
  }

  private func countAnswer() {
    guard let missing = missingAnswers else { return }
    missingAnswers = missing - 1
    isFinished = missing <= 1
  }

  /// Waits for a message, or for the end of the stream or of this reader.
  ///
  /// - Returns: false when the time is over or the task is cancelled.
  private func news(within time: Duration) async -> Bool {
    lastWait += 1
    let id = lastWait
    let timer = Task {
      try await Task.sleep(for: time)
      self.endWait(id)
    }
    defer { timer.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled { return continuation.resume(returning: false) }
        wakeReader(true)
        waitingReader = (id, continuation)
      }
    } onCancel: {
      Task { await self.endWait(id) }
    }
  }

  private func endWait(_ id: Int) {
    if waitingReader?.id == id { wakeReader(false) }
  }

  private func wakeReader(_ hasNews: Bool) {
    waitingReader?.continuation.resume(returning: hasNews)
    waitingReader = nil
  }

  private func wakeWriters() {
    for writer in waitingWriters { writer.resume() }
    waitingWriters = []
  }
}
