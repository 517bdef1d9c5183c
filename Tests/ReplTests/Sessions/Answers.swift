import RunPythonTool

extension SessionAnswer {
  /// The server's answer to the request that these facts belong to.
  init(
    runs: Int, checkpoint: String? = nil, bytes: Int? = nil, checkpoints: Set<String> = [],
    session: String? = nil, askedSession: String? = nil
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
    self.init(
      outcome, Standing(runs: runs, lastLine: "", checkpoints: kept, undoable: []),
      askedSession: askedSession)
  }
}
