/// The state of a block of Python: whether a line is still missing.
public enum BlockState: Sendable, Equatable {
  /// The block holds nothing but blank lines and comments.
  case empty
  /// No further line can be part of the block. Python may still find that it is wrong.
  case complete
  /// A bracket, a string, a suite or a decorated definition is missing.
  ///
  /// - Parameter indentation: the suggested columns for the next line.
  case needsMore(indentation: Int)
  /// A compound statement that could go on. A blank line ends it, or a line at column 0 that is no clause of
  /// it.
  ///
  /// - Parameter indentation: the suggested columns for the next line.
  case indented(indentation: Int)

  /// The state of the last block in `source`, as if it had been typed: an empty last line ends a compound statement.
  public init(of source: String) {
    var reader = BlockReader(mode: .terminal)
    let blocks = reader.read(text: source[...])
    self = reader.isPending || blocks.isEmpty ? reader.state : .complete
  }

  /// The suggested columns for the next line.
  public var indentation: Int {
    switch self {
    case .empty, .complete: 0
    case .needsMore(let indentation), .indented(let indentation): indentation
    }
  }
}
