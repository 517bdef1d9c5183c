/// The line editor's buffer after a key.
public struct EditorState: Sendable, Hashable {
  /// The text being edited; may have newlines. While the history is searched, the block that was found.
  public var text: String
  /// The cursor's place, in Unicode scalars from the start.
  public var cursor: Int
  /// The block that Enter accepted with this key; `text` is then empty.
  public var accepted: String?
  /// The text to show while the history is searched, such as "(search back) 'imp'"; nil at other times.
  /// During a search Enter belongs to the editor and ends the search.
  public var searchPrompt: String?
  /// The mode of vi keys; nil with emacs keys.
  public var viMode: ViMode?

  public enum ViMode: Sendable, Hashable {
    case insert, command
  }

  public init(
    text: String = "", cursor: Int = 0, accepted: String? = nil, searchPrompt: String? = nil,
    viMode: ViMode? = nil
  ) {
    self.text = text
    self.cursor = cursor
    self.accepted = accepted
    self.searchPrompt = searchPrompt
    self.viMode = viMode
  }
}

/// An order for the line editor.
public enum EditorCommand: Sendable, Hashable {
  case press(Key)
  /// Inserts text at the cursor, verbatim.
  case insert(String)
  /// Replaces the whole buffer.
  ///
  /// - Parameter cursor: the cursor's place, in Unicode scalars from the start.
  case replace(text: String, cursor: Int)
  /// Ends the block, puts it into the history and empties the buffer: ``EditorState/accepted``.
  case accept
  /// Empties the buffer; the history is left alone.
  case clear
}
