import Synchronization

/// The request that a call's result will answer. In 2026-07-28 it changes when the call asks for input: the
/// first request is answered with the question, and another one brings the user's answer. The lock guards the
/// binding from the call and the connection.
final class ActiveRequest: Sendable {
  struct Binding: Sendable {
    let request: Request
    let ticket: RequestTicket
    let recipient: ReplyRecipient
  }

  private let state: Mutex<Binding?>

  init(_ binding: Binding) { state = Mutex(binding) }

  /// The present request; nil while the call waits for its client to come back.
  var binding: Binding? { state.withLock { $0 } }

  func bind(_ binding: Binding) { state.withLock { $0 = binding } }

  /// Takes the request away, to answer it.
  func unbind() -> Binding? {
    state.withLock { state in
      defer { state = nil }
      return state
    }
  }
}
