internal import Dispatch
internal import Synchronization
import SystemSupport

/// Answers the guest's requests for files, one at a time, on a thread of its own: a slow disk holds up nobody else.
///
/// The lock guards the open request from the task that reads frames, and from the thread.
final class FileService: Sendable {
  private struct State {
    var open: FileRequest?
    var hasThread = false
    var isStopped = false
    /// True when something was written to this machine since it was asked for last.
    var hasWritten = false
  }

  private let mounts: [Mount]
  private let answer: @Sendable (_ request: Int, FileReply) -> Void
  private let state = Mutex(State())
  private let wakeUp = DispatchSemaphore(value: 0)

  /// - Parameter answer: Sends an answer; it may block.
  init(_ mounts: [Mount], answer: @escaping @Sendable (_ request: Int, FileReply) -> Void) {
    self.mounts = mounts
    self.answer = answer
  }

  /// Takes a request; false for one that the warden does not send: the second
  /// one at a time, or one out of bounds.
  func take(_ request: FileRequest) -> Bool {
    guard request.isWithinBounds(mounts: mounts.count) else { return false }
    let isFirst: Bool? = state.withLock { state in
      guard state.open == nil, !state.isStopped else { return nil }
      state.open = request
      defer { state.hasThread = true }
      return !state.hasThread
    }
    guard let isFirst else { return false }
    if isFirst, (try? OwnedThread.start { self.run() }) == nil {
      state.withLock { state in (state.hasThread, state.open) = (false, nil) }
      answer(request.request, FileReply(error: ENOMEM))
      return true
    }
    wakeUp.signal()
    return true
  }

  /// True when something was written to this machine since the last call.
  func takeWritten() -> Bool {
    state.withLock { state in
      defer { state.hasWritten = false }
      return state.hasWritten
    }
  }

  /// Lets the thread end, when what it is at has come to its end.
  func stop() {
    state.withLock { $0.isStopped = true }
    wakeUp.signal()
  }

  private func run() {
    let work = FileWork(mounts)
    while true {
      wakeUp.wait()
      let (request, isStopped) = state.withLock { ($0.open, $0.isStopped) }
      if isStopped { return }
      guard let request else { continue }
      let reply = work.answer(request)
      state.withLock { state in
        state.open = nil
        if request.writes, reply.error == 0 { state.hasWritten = true }
      }
      answer(request.request, reply)
    }
  }
}
