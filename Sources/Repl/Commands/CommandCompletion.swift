internal import Traffic

/// Completes command lines from the tables.
enum CommandCompletion {
  static func list(for request: CompletionRequest, in sessions: Sessions) -> CompletionList? {
    let before = String(String.UnicodeScalarView(request.text.unicodeScalars.prefix(request.cursor)))
    let word = String(before.split(separator: " ", omittingEmptySubsequences: false).last ?? "")
    let items = words(of: before, sessions).filter { $0.hasPrefix(word) }
    let start = request.cursor - word.unicodeScalars.count
    return CompletionList(request: request, range: start..<request.cursor, items: items)
  }

  private static func words(of line: String, _ sessions: Sessions) -> [String] {
    guard line.contains(" ") else { return CommandTable.all.filter(\.isTyped).map { ":" + $0.id.rawValue } }
    let name = line.split(separator: " ").first?.dropFirst() ?? ""
    return Command.ID(rawValue: String(name)).flatMap { arguments[$0]?(sessions) } ?? []
  }

  /// The words that may follow a command.
  private static let arguments: [Command.ID: @Sendable (Sessions) -> [String]] = [
    .filter: { _ in FilterWords.all },
    .layout: { _ in LayoutMode.allCases.map(\.rawValue) },
    .clear: { _ in Pane.allCases.map(\.rawValue) + [App.allPanes] },
    .copy: { _ in Pane.allCases.map(\.rawValue) },
    .rewind: { $0.checkpointNames + [SessionCommand.reseed] },
    .fork: { _ in [SessionCommand.reseed] },
    .session: { $0.sessionNames },
    .checkpoint: { _ in [SessionCommand.save] },
  ]
}

/// The keys and values that a filter knows, for completion.
enum FilterWords {
  static let all =
    Filter.keys.map(\.name)
    + Entry.Kind.allCases.map { "kind:" + $0.rawValue } + ["kind:batch"]
    + Exchange.State.allCases.map { "status:" + $0.rawValue }
    + ["dir:sent", "dir:received", "is:marked", "is:orphan"]
}
