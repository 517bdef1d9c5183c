internal import SystemSupport
internal import TerminalText

/// The place where keys go.
enum Focus: Sendable, Hashable {
  case prompt
  case pane(Pane)
}

/// A run that goes on.
struct RunInProgress: Sendable {
  var number: Int
  /// The run's name by the place of its session, such as `run 7`.
  var title: String
  var code: String
  var start: Date
  /// True when `:time` asked for it.
  var isTimed = false
  /// The time of the latest Ctrl-C.
  var interrupted: Date?
}

/// A way back in time that is not over yet.
struct Journey: Sendable {
  var request: SessionRequest
  var start: Date
}

/// A question to the user that `y` answers.
struct Question: Sendable {
  enum Subject: Sendable {
    case restart, quit
  }

  var subject: Subject

  var text: String {
    switch subject {
    case .restart: "Restart the interpreter? All variables are lost. (y/n)"
    case .quit: "A run is going on. Leave? (y/n)"
    }
  }
}

/// A search while it is typed.
struct SearchInput: Sendable {
  var text = ""
}

/// A short message above the prompt, for some seconds.
struct Flash: Sendable {
  static let seconds: TimeInterval = 4

  var text: String
  var role: Style.Role
  var end: Date
  /// True when the message is about the current run, and ends with it.
  var isOfRun = false
}

/// The help while it is open.
struct HelpView: Sendable {
  var viewport = Viewport(atStart: true)
  var finder: Finder?
  var found: Int?
}
