import MCP
import Repl
import Synchronization

/// The questions of Python's `input()` that the user has not answered yet.
final class Questions: Sendable {
  private struct State {
    var lastID = 0
    var waiting: [Int: CheckedContinuation<String?, Never>] = [:]
  }

  private let mailbox: EventMailbox
  private let state = Mutex(State())

  init(mailbox: EventMailbox) {
    self.mailbox = mailbox
  }

  /// Asks the user, and gives the answer for the server. Cancelling the task withdraws the question.
  func ask(_ elicitation: Elicitation) async -> Elicitation.Answer {
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    let answer = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        state.withLock { $0.waiting[id] = continuation }
        mailbox.post(
          .inputRequested(
            InputRequest(id: id, prompt: elicitation.message, isHidden: elicitation.isHidden)))
        if Task.isCancelled { withdraw(id) }
      }
    } onCancel: {
      withdraw(id)
    }
    return elicitation.answer(answer)
  }

  func answer(_ id: Int, _ text: String?) {
    state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: text)
  }

  private func withdraw(_ id: Int) {
    guard let waiting = state.withLock({ $0.waiting.removeValue(forKey: id) }) else { return }
    mailbox.post(.inputWithdrawn(id: id))
    waiting.resume(returning: nil)
  }
}
