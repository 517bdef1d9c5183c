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

  /// Guards the listeners from the connection's event loop, which calls them, and the responses, which add them.
  private let state = Mutex(State())

  /// Calls `listener` once the client is gone, or at once if it already is.
  ///
  /// - Returns: The number by which ``stopListening(_:)`` knows the listener.
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

/// Notices the end of a connection, also while nothing is read from it or written to it.
///
/// It also ends a connection whose requests take too long to come.
final class ClientWatchHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  let watch = ClientWatch()
  private let patience: TimeAmount
  private var clock: RequestClock?

  private let maximumBodyBytes: Int

  /// - Parameters:
  ///   - patience: The time that the headers of a request may take, and again its body.
  ///   - maximumBodyBytes: The most bytes of a body. A client that asks before it sends more is not told to go on.
  init(patience: TimeAmount, maximumBodyBytes: Int) {
    self.patience = patience
    self.maximumBodyBytes = maximumBodyBytes
  }

  /// True when the client waits until it is told to go on (RFC 9110, 10.1.1), and its body is not too long.
  private func wantsToBeAsked(_ head: HTTPRequest) -> Bool {
    guard head.headerFields[.expect]?.lowercased() == "100-continue" else { return false }
    return head.headerFields[.contentLength].flatMap { Int($0) } ?? 0 <= maximumBodyBytes
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let clock = RequestClock(patience: patience, channel: context.channel)
    self.clock = clock
    // The bytes of a request show when it begins. Without them only the first request's headers could be timed.
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
