/// How far a block of Python has come.
public enum BlockState: Sendable, Equatable {
  /// Nothing but blank lines and comments.
  case empty
  /// Nothing that follows can be part of it. Python may still find that it is wrong.
  case complete
  /// A bracket, a string, a suite or a decorated definition is missing.
  ///
  /// - Parameter indentation: columns to suggest for the next line.
  case needsMore(indentation: Int)
  /// A compound statement that could go on; a blank line, or a line at column 0 that is no clause of it, ends it.
  ///
  /// - Parameter indentation: columns to suggest for the next line.
  case indented(indentation: Int)

  /// The state of the last block in `source`, as if it had been typed: an empty last line ends a compound statement.
  public init(of source: String) {
    var reader = BlockReader(mode: .terminal)
    let blocks = reader.read(text: source[...])
    self = reader.isPending || blocks.isEmpty ? reader.state : .complete
  }

  /// Columns to suggest for the next line.
  public var indentation: Int {
    switch self {
    case .empty, .complete: 0
    case .needsMore(let indentation), .indented(let indentation): indentation
    }
  }
}
