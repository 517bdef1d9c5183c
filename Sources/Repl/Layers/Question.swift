internal import TerminalText

/// A question to the user that `y` answers.
struct Question: Layer {
  enum Subject: Sendable {
    case restart, quit
  }

  let subject: Subject

  private var text: String {
    switch subject {
    case .restart: "Restart the interpreter? All variables are lost. (y/n)"
    case .quit: "A run is going on. Leave? (y/n)"
    }
  }

  init(subject: Subject) { self.subject = subject }

  func level(_ focus: Focus) -> LayerLevel { .question }

  func contexts(in app: App) -> [KeyContext] { [.question] }

  func handle(_ event: LayerEvent, in app: inout App) -> Outcome {
    switch event {
    case .command(.yes):
      app.layers.close(Question.self)
      switch subject {
      case .quit: return .taken([.quit])
      case .restart: return .taken(app.restart())
      }
    case .command(.no), .text(.control("c")):
      app.layers.close(Question.self)
      return .taken()
    // The wheel may look up what the question is about.
    case .command, .mouse(.wheelUp, _), .mouse(.wheelDown, _), .find: return .left
    case .text, .mouse: return .taken()
    }
  }

  func note(in app: App) -> Line? { [Span(" \(text) ", .statusAlert)] }
}
