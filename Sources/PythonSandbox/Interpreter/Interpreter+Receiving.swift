extension Interpreter {
  /// Takes a frame. Frames come in this order: `ready` once, and again when it was restored; then while a run is under
  /// way its output, its images, its questions, and `done` at its end. The process that sends another one is not ours
  /// any more.
  func receive(_ frame: Frame) async {
    guard isAlive else { return }
    switch frame {
    case .ready(let version):
      guard let starting else { return violate() }
      self.starting = nil
      starting.resume(returning: version)
    case .output(let chunk):
      guard let running else { return violate() }
      await running.output(chunk)
    case .image(let id, let data):
      guard running?.id == id else { return violate() }
      if let file = running?.images.take(base64: data) { await running?.image(file) }
    case .done(let done):
      guard running?.id == done.run else { return violate() }
      guard var result = RunResult(guestText: done.result) else {
        return giveUp("it sent a result that cannot be read")
      }
      guard let run = takeRun() else { return }
      result.images = run.images.files
      result.droppedImageCount = run.images.droppedCount + done.droppedImageCount
      result.isOutputDropped = done.isOutputDropped
      result.isSpent = done.isSpent
      run.continuation.resume(returning: result)
    case .input(let id, let prompt):
      guard let run = running, run.id == id else { return violate() }
      running?.clock.stop()
      running?.asking = Task {
        let line = await run.input(prompt)
        process.send(.answer(id, text: line))
        if running?.id == id { running?.clock.start() }
      }
    case .completions(let id, let values):
      completing.removeValue(forKey: id)?.resume(returning: values)
    case .checkpoint(let id, let content):
      saving.removeValue(forKey: id)?.resume(returning: content)
    case .unsavable(let id, let reason):
      saving.removeValue(forKey: id)?.resume(throwing: Checkpoint.unsavable(reason))
    case .dead(let reason):
      giveUp(reason)
    }
  }

  private func violate() {
    giveUp("it sent a message out of order")
  }

  /// While the run is under way, ends a process that takes more memory than it may.
  func watchMemory(_ id: Int) {
    Task {
      while running?.id == id {
        if let megabytes = process.residentMemory, megabytes > options.limits.residentMemory {
          kill(.tooLarge(megabytes: options.limits.residentMemory))
          return
        }
        try? await Task.sleep(for: .milliseconds(50))
      }
    }
  }
}
