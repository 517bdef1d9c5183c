public import MCP
public import MCPHTTP
import Repl
public import RunPythonTool
import SystemSupport
import Traffic

/// The server that the prompt talks to.
public struct ServerTarget: Sendable {
  var place: ServerPlace
  var protocolChoice: ProtocolChoice
  /// True when it is this program's own server.
  var isOwn: Bool
  /// The version of the Python in this program's own server.
  var ownPython: String
  /// The packages that the user asked for, in our own server.
  var packages: [String]
  /// The words that follow "none" where there are no packages: the way to some.
  var packagesAdvice: String
  /// The hosts that code may reach there, in a word; nil for another server.
  var network: String?
  /// The first request to the server: it goes on from a checkpoint file.
  var resumption: SessionRequest?
  /// The work before the server is started; nil for none.
  var preparation: Preparation?
  private let wording: @Sendable (Remedy) -> String?

  /// The way to a server that has checkpoints. It is the user who can take it.
  public enum Remedy: Sendable, Hashable, CaseIterable {
    /// Start this program's own server so that it keeps variables.
    case keepState
    /// Start the other server so that it offers checkpoints.
    case offerCheckpoints
  }

  /// Work before the server is started, such as fetching what it needs. Cancelling its task ends the work.
  ///
  /// - Parameter report: gets a line for each step, from any thread; nil when the work shows its own progress.
  public typealias Preparation = @Sendable (_ report: (@Sendable (String) -> Void)?) async throws -> Void

  /// - Parameter wording: words a remedy, to follow a sentence and a colon; nil tells none.
  public init(
    place: ServerPlace, protocolChoice: ProtocolChoice, isOwn: Bool, ownPython: String,
    packages: [String] = [], packagesAdvice: String = "", network: String? = nil,
    resumption: SessionRequest? = nil, preparation: Preparation? = nil,
    wording: @escaping @Sendable (Remedy) -> String? = { _ in nil }
  ) {
    self.place = place
    self.protocolChoice = protocolChoice
    self.isOwn = isOwn
    self.ownPython = ownPython
    self.packages = packages
    self.packagesAdvice = packagesAdvice
    self.network = network
    self.resumption = resumption
    self.preparation = preparation
    self.wording = wording
  }

  /// The lines that the prompt greets with: what this is, three things to try, and the packages.
  func greeting(version: String) -> Greeting {
    guard isOwn else {
      return Greeting(
        title: "The messages of \(place.name), by mcp-run-python \(version).",
        hints: [
          Greeting.Hint(":tools", "lists its tools, and :call TOOL JSON calls one"),
          Greeting.Hint("F6", "shows every message; Enter opens one"),
          Greeting.Hint(":tour", "shows it all in ten steps"),
        ], end: "F1 shows the keys, Ctrl-D leaves.")
    }
    let names = packages.isEmpty ? "none\(packagesAdvice)" : packages.joined(separator: ", ")
    return Greeting(
      title:
        "Python \(ownPython) in a sandbox, by mcp-run-python \(version). Ctrl-D leaves.",
      hints: [
        Greeting.Hint("6 * 7", "any Python: values, errors and plots appear here"),
        Greeting.Hint("str.split?", "documentation; Tab completes names"),
        Greeting.Hint(":tour", "shows it all in ten steps"),
      ], end: "Packages: \(names).")
  }

  /// The reason why the server has no checkpoints, as a sentence; nil where it has them.
  func checkpointObstacle(_ tools: [Tool]) -> String? {
    if tools.haveStates { return nil }
    let sentence = isOwn ? "There is nothing to go back to" : "This server has no checkpoints"
    return wording(isOwn ? .keepState : .offerCheckpoints).map { "\(sentence): \($0)." } ?? "\(sentence)."
  }
}

/// The place of the REPL's server: a program to start, or an address.
public enum ServerPlace: Sendable {
  case process(command: String, arguments: [String])
  case http(HTTPTarget)

  /// The server's name before it tells its own.
  var name: String {
    switch self {
    case .process(let command, _): command
    case .http(let target): target.url
    }
  }

  /// Makes a connection over which nothing has been sent. The second value tells its end, in words that
  /// follow "The server".
  ///
  /// - Parameters:
  ///   - onStandardError: gets the bytes that a process writes to its stderr.
  ///   - onHTTP: gets the HTTP details of a request's exchange.
  func connection(
    onStandardError: @escaping @Sendable ([UInt8]) -> Void = { _ in },
    onHTTP: @escaping @Sendable (RequestID, HTTPDetails) -> Void = { _, _ in }
  ) -> (transport: any MCP.Transport, ending: @Sendable () async -> String?) {
    switch self {
    case .process(let command, let arguments):
      let child = ChildProcessTransport(
        command: command, arguments: arguments, onStandardError: onStandardError)
      return (child, { await child.termination })
    case .http(let target):
      let client = HTTPClientTransport(target) { onHTTP($0, HTTPDetails($1)) }
      return (client, { await client.termination })
    }
  }
}

extension HTTPDetails {
  fileprivate init(_ exchange: HTTPExchange) {
    self.init(
      status: exchange.status, requestHeaders: exchange.requestHeaders.map(Header.init),
      responseHeaders: exchange.responseHeaders.map(Header.init))
  }
}

extension HTTPDetails.Header {
  fileprivate init(_ header: HTTPTarget.Header) {
    self.init(name: header.name, value: header.value)
  }
}
