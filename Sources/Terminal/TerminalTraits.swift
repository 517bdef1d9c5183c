public import SystemPackage

/// The kinds of output that a terminal or file can show.
public struct TerminalTraits: Sendable, Equatable {
  public var isTerminal: Bool
  /// True when colour sequences may be used: on a terminal that knows them, unless `NO_COLOR` is set.
  public var colour: Bool
  /// The width in columns.
  public var width: Int
  /// True when characters beyond ASCII may be used, by the locale of the environment.
  public var unicode: Bool

  public init(isTerminal: Bool, colour: Bool, width: Int, unicode: Bool) {
    self.isTerminal = isTerminal
    self.colour = colour
    self.width = width
    self.unicode = unicode
  }

  /// Judges by the environment and by the known facts about the output.
  ///
  /// - Parameter columns: the terminal's own answer, if it gave one.
  public init(isTerminal: Bool, columns: Int?, environment: [String: String]) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

    let type = value("TERM")
    let locale = value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG") ?? "C"
    let charset = locale.lowercased()
    self.isTerminal = isTerminal
    colour = isTerminal && value("NO_COLOR") == nil && type != nil && type != "dumb"
    width = [columns, value("COLUMNS").flatMap { Int($0) }].compactMap(\.self).first { $0 > 0 } ?? 80
    unicode = charset.contains("utf-8") || charset.contains("utf8")
  }

  /// The traits of an open descriptor.
  public init(of descriptor: FileDescriptor, environment: [String: String]) {
    self.init(
      isTerminal: TerminalDevice.isTerminal(descriptor),
      columns: TerminalDevice.size(of: descriptor)?.columns,
      environment: environment)
  }
}
