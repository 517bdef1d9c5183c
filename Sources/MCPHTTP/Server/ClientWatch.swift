internal import NIOCore
internal import Synchronization

/// Tells when the client at the other end of a connection has hung up.
final class ClientWatch: Sendable {
  private struct State {
    var isGone = false
    var lastID = 0
    var listeners: [Int: @Sendable () -> Void] = [:]
  }

  private let state = Mutex(State())

  /// Calls `listener` once the client is gone; at once if it is already.
  ///
  /// - Returns: What ``stopListening(_:)`` wants.
  func listen(_ listener: @escaping @Sendable () -> Void) -> Int {
    let (id, isGone) = state.withLock { state in
      state.lastID += 1
      if !state.isGone { state.listeners[state.lastID] = listener }
      return (state.lastID, state.isGone)
    }
    if isGone { listener() }
    return id
  }

  func stopListening(_ id: Int) {
    state.withLock { $0.listeners[id] = nil }
  }

  fileprivate func clientIsGone() {
    let listeners = state.withLock { state in
      state.isGone = true
      defer { state.listeners = [:] }
      return state.listeners.values
    }
    for listener in listeners { listener() }
  }
}

/// Sees a connection end, also while nothing is read from it or written to it, and ends one that brings no request.
final class ClientWatchHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = Never

  let watch = ClientWatch()
  private let patience: TimeAmount
  private var overdue: Scheduled<Void>?

  /// - Parameter patience: How long the headers of the first request may take.
  init(patience: TimeAmount) { self.patience = patience }

  func handlerAdded(context: ChannelHandlerContext) {
    let channel = context.channel
    overdue = context.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    overdue?.cancel()
    overdue = nil
    context.fireChannelRead(data)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event { watch.clientIsGone() }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    overdue?.cancel()
    watch.clientIsGone()
    context.fireChannelInactive()
  }
}

@available(*, unavailable)
extension ClientWatchHandler: Sendable {}
