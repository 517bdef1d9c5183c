/// The orders that `:save-image` and `:open` give.
public enum ImageCommand: Sendable, Hashable {
  case save(SessionImage, path: String)
  /// Opens the image in the desktop's viewer.
  case open(SessionImage)

  /// - Parameter argument: `[N] FILE`
  static func save(_ argument: String, from gallery: ImageGallery) throws(CommandError) -> ImageCommand {
    let word = argument.prefix { !$0.isWhitespace }
    let rest = argument.dropFirst(word.count).drop { $0.isWhitespace }
    if let number = Int(word), !rest.isEmpty {
      return .save(try gallery.image(number), path: String(rest))
    }
    guard Int(argument) == nil, !argument.isEmpty else {
      throw CommandError("\":save-image\" wants FILE: :save-image [N] FILE.")
    }
    return .save(try gallery.image(nil), path: argument)
  }

  /// - Parameter argument: `[N]`
  static func open(_ argument: String, from gallery: ImageGallery) throws(CommandError) -> ImageCommand {
    if argument.isEmpty { return .open(try gallery.image(nil)) }
    guard let number = Int(argument) else {
      throw CommandError("\":open\" wants the number of an image, not \"\(argument)\".")
    }
    return .open(try gallery.image(number))
  }
}
