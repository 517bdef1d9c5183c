internal import MCP

extension Filter {
  /// True when an entry of the log is to be shown. Each term must match some message of a batch.
  public func matches(_ entry: Entry, in log: TrafficLog) -> Bool {
    alternatives.contains { terms in
      terms.allSatisfy { $0.condition.matches(entry, in: log) != $0.isNegated }
    }
  }
}

extension Term.Condition {
  fileprivate func matches(_ entry: Entry, in log: TrafficLog) -> Bool {
    switch self {
    case .text(let finder): finder.isIn(entry.bytes)
    case .direction(let direction): entry.direction == direction
    case .batch: entry.isBatch
    case .size(let comparison, let bytes): comparison.holds(Double(entry.size), bytes)
    case .marked: log.isMarked(entry.number)
    case .method, .tool, .logger, .id, .kind, .state, .duration, .orphan:
      entry.items.contains { matches($0, in: log) }
    }
  }

  private func matches(_ item: Entry.Item, in log: TrafficLog) -> Bool {
    switch self {
    case .method(let finder): item.method.map(finder.isIn) ?? false
    case .tool(let finder): item.method == "tools/call" && item.subject.map(finder.isIn) ?? false
    case .logger(let finder): item.method == "notifications/message" && item.subject.map(finder.isIn) ?? false
    case .id(let text): item.id.map { $0.description == text || $0 == .string(text) } ?? false
    case .kind(let kind): item.kind == kind
    case .state(let state): item.exchange.flatMap(log.exchange)?.state == state
    case .duration(let comparison, let seconds):
      item.exchange.flatMap(log.exchange)?.latency.map { comparison.holds($0, seconds) } ?? false
    case .orphan: item.isOrphan
    case .text, .direction, .batch, .size, .marked: false
    }
  }
}

extension Term.Comparison {
  fileprivate func holds(_ value: Double, _ limit: Double) -> Bool {
    switch self {
    case .less: value < limit
    case .greater: value > limit
    }
  }
}
