internal import Traffic

/// The keys and values that a filter knows, for completion.
enum FilterWords {
  static let all =
    Filter.keys.map(\.name)
    + Entry.Kind.allCases.map { "kind:" + $0.rawValue } + ["kind:batch"]
    + Exchange.State.allCases.map { "status:" + $0.rawValue }
    + ["dir:sent", "dir:received", "is:marked", "is:orphan"]
}
