import RunPythonTool

extension SessionAnswer {
  /// The server's answer to the request that these facts belong to.
  init(
    runs: Int, checkpoint: String? = nil, bytes: Int? = nil, checkpoints: Set<String> = [],
    session: String? = nil
  ) {
    let outcome: Outcome =
      if let session {
        .forked(session: session)
      } else if let checkpoint {
        .saved(handle: checkpoint, name: nil, bytes: bytes ?? 0)
      } else {
        .restored("")
      }
    let kept = checkpoints.map {
      Standing.Checkpoint(handle: $0, name: nil, bytes: 1, runs: runs, lastLine: "", created: "")
    }
    let undoable = session == nil && runs > 0 ? Array(1...runs) : []
    self.init(outcome, Standing(runs: runs, lastLine: "", checkpoints: kept, undoable: undoable))
  }
}

extension RunPlace {
  /// The place after so many runs, where each that came after `beginning` can be undone.
  init(after runs: Int, beginning: Int = 0) {
    self.init(runs: runs, undoable: max(0, runs - beginning))
  }
}
