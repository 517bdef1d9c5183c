internal import MCP

/// A choice of entries, such as `tool:run_python -kind:notification duration:>500ms | status:error`.
///
/// Terms with blanks between them must all match. `|` separates alternatives; `-` or `!` before a term turns
/// it around. A term is `key:value`, or text to find in the raw message. Values with blanks stand in quotes.
public struct Filter: Sendable, Hashable {
  /// The filter's text.
  public let source: String
  let alternatives: [[Term]]

  /// True when it lets everything through.
  public var isEmpty: Bool { alternatives.contains([]) }

  /// The filter that lets everything through.
  public static let all = Filter(source: "", alternatives: [[]])

  init(source: String, alternatives: [[Term]]) {
    self.source = source
    self.alternatives = alternatives
  }

  /// Reads a filter.
  ///
  /// - Throws: A ``FilterError`` with the fault and its place.
  public init(_ source: String) throws(FilterError) {
    var parser = FilterParser(source)
    self.init(source: source, alternatives: try parser.parse())
  }

  /// The keys and their possible values, for help and completion.
  public static let keys: [(name: String, values: String)] = [
    ("method:", "a part of the method's name"),
    ("tool:", "a part of the tool's name"),
    ("logger:", "a part of the logger's name"),
    ("id:", "the request's id"),
    ("dir:", "sent or received"),
    ("kind:", "request, response, error, notification, invalid or batch"),
    ("status:", "pending, done, error or cancelled"),
    ("duration:", ">500ms, <2s"),
    ("size:", ">10k, <1m (bytes)"),
    ("is:", "marked or orphan"),
  ]
}

/// One condition of a filter, possibly turned around.
struct Term: Sendable, Hashable {
  enum Condition: Sendable, Hashable {
    case text(TextFinder)
    case method(TextFinder)
    case tool(TextFinder)
    case logger(TextFinder)
    case id(String)
    case direction(Direction)
    case kind(Entry.Kind)
    case batch
    case state(Exchange.State)
    /// A condition on the latency, in seconds.
    case duration(Comparison, Double)
    /// A condition on the size, in bytes.
    case size(Comparison, Double)
    case marked
    case orphan
  }

  enum Comparison: Sendable, Hashable {
    case less, greater
  }

  var condition: Condition
  var isNegated: Bool
}

/// The reason why a filter cannot be read.
public struct FilterError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The fault's place, in characters from 0.
  public var position: Int
  /// The fault, as a sentence without the position.
  public var reason: String

  public init(position: Int, reason: String) {
    self.position = position
    self.reason = reason
  }

  public var description: String { "\(reason) (column \(position + 1))" }
}

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
