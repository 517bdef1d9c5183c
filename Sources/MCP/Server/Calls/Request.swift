import Synchronization
import SystemSupport

/// A request whose era is known and whose `_meta` has been checked.
struct Request: Sendable {
  let id: RequestID
  let method: String
  let params: JSONObject
  let revision: Revision
  let clientCapabilities: JSON
  let threshold: LogThreshold

  var meta: JSONObject { params["_meta"]?.objectValue ?? [:] }

  /// The token for progress. Only a string or an integer is one; any other value asks for nothing.
  var progressToken: JSON? { meta[MetaKey.progressToken].flatMap(RequestID.init)?.json }
}

extension Request {
  /// True when a request belongs to the stateless era: it says so in its `_meta`, or its method exists only
  /// there.
  static func isModern(method: String, params: JSONObject) -> Bool {
    method == "server/discover" || params["_meta"]?[MetaKey.protocolVersion] != nil
  }

  /// Checks the members that 2026-07-28 requires of every request (schema: `RequestMetaObject`).
  init(modern id: RequestID, method: String, params: JSONObject) throws(RPCError) {
    guard let meta = params["_meta"], meta.objectValue != nil else {
      throw .invalidParams("The parameters must have an object \"_meta\".")
    }
    guard let version = meta[MetaKey.protocolVersion]?.stringValue else {
      throw .invalidParams("\"_meta\" must have a string \"\(MetaKey.protocolVersion)\".")
    }
    guard let revision = Revision(rawValue: version), revision.era == .modern else {
      throw .unsupportedProtocolVersion(requested: version)
    }
    guard let capabilities = meta[MetaKey.clientCapabilities], capabilities.objectValue != nil else {
      throw .invalidParams("\"_meta\" must have an object \"\(MetaKey.clientCapabilities)\".")
    }
    if let info = meta[MetaKey.clientInfo], Implementation(info) == nil {
      throw .invalidParams("\"\(MetaKey.clientInfo)\" must have the strings \"name\" and \"version\".")
    }
    self.init(
      id: id, method: method, params: params, revision: revision, clientCapabilities: capabilities,
      threshold: .request(try Self.logLevel(meta)))
  }

  private static func logLevel(_ meta: JSON) throws(RPCError) -> LogLevel? {
    guard let member = meta[MetaKey.logLevel] else { return nil }
    return try LogLevel(parameter: member, named: MetaKey.logLevel)
  }

  /// Checks that the state of the handshake allows the request.
  init(legacy id: RequestID, method: String, params: JSONObject, handshake: Handshake) throws(RPCError) {
    let revision = handshake.revision
    switch method {
    case "ping": break
    case "initialize":
      guard revision == nil else { throw .invalidRequest("The session has been initialized already.") }
    default:
      guard revision != nil else {
        // Only the stateless era declares capabilities here, so the version is what is missing.
        guard params["_meta"]?[MetaKey.clientCapabilities] == nil else {
          throw .invalidParams("\"_meta\" must have a string \"\(MetaKey.protocolVersion)\".")
        }
        throw .invalidRequest("The session is not initialized: \"\(method)\" must come after \"initialize\".")
      }
    }
    self.init(
      id: id, method: method, params: params, revision: revision ?? .latestLegacy,
      clientCapabilities: handshake.clientCapabilities, threshold: .session)
  }
}

extension LogLevel {
  init(parameter: JSON?, named name: String) throws(RPCError) {
    guard let level = parameter?.stringValue.flatMap(LogLevel.init(rawValue:)) else {
      let known = LogLevel.allCases.map(\.rawValue).joined(separator: ", ")
      throw .invalidParams("\"\(name)\" must be one of \(known).")
    }
    self = level
  }
}

extension Message {
  /// True when this is a request of the stateless era; see 2026-07-28, Versioning.
  public var isModernRequest: Bool {
    guard case .request(_, let method, let params) = self else { return false }
    return Request.isModern(method: method, params: params)
  }
}

/// The requests of one connection that are in work. The lock guards the table from calls that end and from
/// the task that receives.
final class RequestsInFlight: Sendable {
  /// The gate that is open while there are none.
  let idle = Gate(isOpen: true)
  private let limit: Int
  private let tickets = Mutex<[RequestID: RequestTicket]>([:])

  init(limit: Int) { self.limit = limit }

  func contains(_ id: RequestID) -> Bool { tickets.withLock { $0[id] != nil } }

  /// - Returns: The request's ticket; nil when there are too many.
  func admit(_ id: RequestID) -> RequestTicket? {
    tickets.withLock { tickets in
      guard tickets.count < limit else { return nil }
      let ticket = RequestTicket()
      tickets[id] = ticket
      idle.shut()
      return ticket
    }
  }

  func remove(_ id: RequestID) {
    tickets.withLock { tickets in
      tickets[id] = nil
      if tickets.isEmpty { idle.open() }
    }
  }

  /// Stops the work on a request; nothing is heard of it any more. An unknown id is no error: the answer may
  /// have been on its way.
  func cancel(_ id: RequestID) {
    guard let ticket = tickets.withLock({ $0[id] }) else { return }
    ticket.close()
    ticket.cancelTask()
  }

  func cancelAllTasks() {
    let all = tickets.withLock { Array($0.values) }
    for ticket in all { ticket.cancelTask() }
  }
}

/// The right of one request to be heard of, from its arrival to its answer or cancellation. The lock guards
/// it from the request's work and the messages that cancel it.
final class RequestTicket: Sendable {
  private struct State {
    var isOpen = true
    /// True when the work must stop; it stays false when an answer ended the right.
    var isCancelled = false
    var task: Task<Void, Never>?
    var successor: RequestTicket?
  }

  private let state = Mutex(State())

  var isOpen: Bool { state.withLock { $0.isOpen } }

  /// Attaches the work on the request, which may be well on its way by then.
  func attach(_ task: Task<Void, Never>) {
    let (isCancelled, successor) = state.withLock { state in
      state.task = task
      return (state.isCancelled, state.successor)
    }
    if isCancelled { task.cancel() }
    successor?.attach(task)
  }

  /// Passes the work on to another request.
  func pass(to successor: RequestTicket) {
    let task = state.withLock { state in
      state.successor = successor
      return state.task
    }
    if let task { successor.attach(task) }
  }

  /// Ends the right to be heard.
  ///
  /// - Returns: true when it still existed.
  @discardableResult
  func close() -> Bool {
    state.withLock { state in
      defer { state.isOpen = false }
      return state.isOpen
    }
  }

  /// Stops the work. An answer is still wanted unless the ticket is closed.
  func cancelTask() {
    let task = state.withLock { state in
      state.isCancelled = true
      return state.task
    }
    task?.cancel()
  }
}

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
