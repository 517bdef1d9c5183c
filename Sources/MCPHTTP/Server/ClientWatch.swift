internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes
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

/// Sees a connection end, also while nothing is read from it or written to it, and ends one whose requests do not come.
final class ClientWatchHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  let watch = ClientWatch()
  private let patience: TimeAmount
  private var clock: RequestClock?

  private let maximumBodyBytes: Int

  /// - Parameters:
  ///   - patience: How long the headers of a request may take, and how long its body.
  ///   - maximumBodyBytes: A client that asks first is not told to send more than this.
  init(patience: TimeAmount, maximumBodyBytes: Int) {
    self.patience = patience
    self.maximumBodyBytes = maximumBodyBytes
  }

  /// Whether the client sends its body only when it is told to go on (RFC 9110, 10.1.1).
  private func wantsToBeAsked(_ head: HTTPRequest) -> Bool {
    guard head.headerFields[.expect]?.lowercased() == "100-continue" else { return false }
    return head.headerFields[.contentLength].flatMap { Int($0) } ?? 0 <= maximumBodyBytes
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let clock = RequestClock(patience: patience, channel: context.channel)
    self.clock = clock
    // Without it, only headers of a first request would be timed: there would be no time at which the next begin.
    try? context.pipeline.syncOperations.addHandler(BytesWatchHandler(clock), position: .first)
    try? TargetHostHandler.add(to: context.pipeline.syncOperations)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      clock?.requestBegan()
      if wantsToBeAsked(head) {
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
      }
    case .body: break
    case .end: clock?.requestEnded()
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { clock?.answerEnded() }
    context.write(data, promise: promise)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event { watch.clientIsGone() }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    clock?.stop()
    watch.clientIsGone()
    context.fireChannelInactive()
  }
}

@available(*, unavailable)
extension ClientWatchHandler: Sendable {}
