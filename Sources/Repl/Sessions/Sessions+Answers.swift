public import SystemSupport

extension Sessions {
  /// Takes in the server's answer.
  ///
  /// - Returns: a sentence for the user.
  public mutating func take(_ answer: SessionAnswer, to request: SessionRequest, at now: Date) -> String {
    switch request {
    case .checkpoint(let name, let file):
      let kept = KeptCheckpoint(
        name: name, handle: answer.checkpoint ?? "", bytes: answer.bytes ?? 0, created: now,
        past: current.past)
      current.kept.removeAll { $0.name == name || !answer.checkpoints.contains($0.handle) }
      current.kept.append(kept)
      let size = Numbers.bytes(kept.bytes)
      let way = ":rewind \(name)"
      return file.map {
        "Saved \(place) to \($0) (\(size)), and as checkpoint \(name): \(way) goes back to it."
      }
        ?? "Saved \(place) as checkpoint \(name) (\(size)): \(way) goes back to it."
    case .restore(let target, let reseeds):
      let former = current.position
      let kept = current.kept.first { $0.handle == target }
      if let kept { current.past = kept.past } else { current.past.removeAll { $0.count > answer.runs } }
      current.kept.removeAll { !answer.checkpoints.contains($0.handle) }
      if let kept { return "Back at checkpoint \(kept.name): this is \(place)\(after).\(news(reseeds))" }
      let undone = former - current.position
      return
        "The last \(undone == 1 ? "run is" : "\(undone) runs are") undone: this is \(place)\(after).\(news(reseeds))"
    case .resume(let file, let reseeds):
      current.past = []
      return "Resumed from \(file): all variables and files are as they were saved.\(news(reseeds))"
    case .fork(let reseeds):
      if current.handle == nil { current.handle = answer.askedSession }
      let fork = Branch(
        name: wantedName ?? "s\(branches.count + 1)", handle: answer.session, inherited: current.past)
      branches.append(fork)
      return "Forked \(place) as session \(fork.name): \":session \(fork.name)\" goes there.\(news(reseeds))"
    }
  }

  private func news(_ reseeds: Bool) -> String { reseeds ? " Random numbers are others from here." : "" }
}
