import SystemSupport

extension Interpreter {
  /// Takes a frame.
  ///
  /// Frames come in this order: `ready` once, and again after a `restore`. Then each run has `begun`, its output,
  /// images and questions, and `done` at its end. A process that sends others is given up, since the guest may have
  /// taken it over.
  func receive(_ frame: Frame) async {
    guard isAlive else { return }
    switch frame {
    case .ready(let version):
      guard let starting else { return violate() }
      self.starting = nil
      starting.resume(returning: version.foreignLine(limit: 100))
    case .begun(let id):
      guard let run = running, run.id == id, !run.hasBegun else { return violate() }
      running?.hasBegun = true
    case .output(let chunk):
      guard running?.hasBegun == true else { return violate() }
      running?.written += chunk.text.utf8.count
      guard let run = running, run.written <= options.limits.output else {
        return giveUp("it wrote more than it may")
      }
      for piece in chunk.pieces {
        if running?.isOutputLate == true {
          running?.hasLateOutput = true
          return
        }
        await run.output(piece)
      }
    case .image(let id, let data, let drawing):
      guard hasBegun(id) else { return violate() }
      guard running?.images.isFull == false else { return giveUp("it sent more images than it may") }
      if let file = running?.images.take(base64: data) { await running?.image(file, drawing) }
    case .done(let done):
      guard hasBegun(done.run) else { return violate() }
      guard done.result.utf16.count <= Limits.resultCharacters else {
        return giveUp("its result is too large")
      }
      guard var result = RunResult(guestText: done.result) else {
        return giveUp("it sent a result that cannot be read")
      }
      guard let run = takeRun() else { return }
      result.images = run.images.files
      result.droppedImageCount = run.images.droppedCount + done.droppedImageCount
      result.isOutputDropped = done.isOutputDropped
      result.isSpent = done.isSpent
      result.hasWrittenOutside = files?.takeWritten() ?? false
      result.wasHeld = wasHeld
      wasHeld = false
      result.isOutputLate = run.hasLateOutput
      run.continuation.resume(returning: result)
      watchIdling(keeps: run.keeps)
    case .input(let id, let question):
      // Interrupted code may ask again while the first question is still being taken back.
      guard let run = running, hasBegun(id), run.asking?.isCancelled != false else { return violate() }
      running?.clock.stop()
      running?.asking = Task {
        let line = await run.input(question)
        process.send(.answer(run: id, text: line))
        if running?.id == id, !Task.isCancelled {
          running?.asking = nil
          running?.clock.start()
        }
      }
    case .completions(let id, let values):
      guard owedCompletions.remove(id) != nil else { return violate() }
      completions.give(.success(values), to: id)
    case .checkpoint(let id, let content):
      savings.give(.success(content), to: id)
    // The thread that reads frames has refused it.
    case .file: return violate()
    case .unsavable(let id, let reason):
      savings.give(.failure(Checkpoint.unsavable(reason.foreignLine())), to: id)
      process.expectNoCheckpoint(id)
    case .dead(let reason):
      giveUp(reason.foreignLine())
    }
  }

  private func hasBegun(_ run: Int) -> Bool {
    running?.id == run && running?.hasBegun == true
  }

  private func violate() {
    giveUp("it sent a message out of order")
  }
}

extension OutputChunk {
  private static let linesOfPiece = 100

  /// The same in pieces that take little time to hand on; a displayed value stays whole.
  var pieces: [OutputChunk] {
    guard stream != .display else { return [self] }
    var pieces: [OutputChunk] = []
    var (start, lines) = (text.startIndex, 0)
    for index in text.utf8.indices where text.utf8[index] == UInt8(ascii: "\n") {
      lines += 1
      guard lines == Self.linesOfPiece else { continue }
      let end = text.utf8.index(after: index)
      pieces.append(OutputChunk(stream: stream, text: String(text[start..<end])))
      (start, lines) = (end, 0)
    }
    if start < text.endIndex { pieces.append(OutputChunk(stream: stream, text: String(text[start...]))) }
    return pieces
  }
}
