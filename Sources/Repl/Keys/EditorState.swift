/// The line editor's buffer after a key.
public struct EditorState: Sendable, Hashable {
  /// The text being edited; may have newlines. While the history is searched, the block that was found.
  public var text: String
  /// Where the cursor is, in Unicode scalars from the start.
  public var cursor: Int
  /// The block that Enter accepted with this key, if it did; then `text` is empty.
  public var accepted: String?
  /// What to show while the history is searched, such as "(search back) 'imp'"; nil at other times. Enter then ends the
  /// search and belongs to the editor.
  public var searchPrompt: String?
  /// nil with emacs keys.
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
