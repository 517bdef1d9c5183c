import ArgumentParser
import MCP
import MCPHTTP
import ReplShell
import SystemSupport

/// The address and the limits of an HTTP server, and the clients that may use it.
struct HTTPOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The address to listen on. Any but this machine's own needs a token.", valueName: "address")
  )
  var host = "127.0.0.1"

  @Option(
    help: ArgumentHelp(
      "The port to listen on; 0 lets the system choose one. The first line on stdout names it.",
      valueName: "number"))
  var port = 3001

  @Option(
    help: ArgumentHelp(
      "The file with the token that clients must present. MCP_RUN_PYTHON_TOKEN may hold the token instead.",
      valueName: "file"),
    completion: .file())
  var tokenFile: String?

  @Flag(help: "Listen on a public address without a token.")
  var insecure = false

  @Option(
    name: .customLong("allow-host"), parsing: .singleValue,
    help: ArgumentHelp(
      "A name that clients may use for the server besides this machine's; may be repeated.", valueName: "name"
    ))
  var hosts: [String] = []

  @Option(
    name: .customLong("allow-origin"), parsing: .singleValue,
    help: ArgumentHelp(
      "A site whose pages may use the server, such as https://app.example.org; may be repeated.",
      valueName: "origin"))
  var origins: [String] = []

  @Option(
    help: ArgumentHelp("The longest time that a session may be without a request.", valueName: "seconds"))
  var sessionTimeout = Seconds(1800)

  @Option(
    help: ArgumentHelp(
      "The number of Python sessions and running calls that may have Python at once; more are told to try again later.",
      valueName: "number"))
  var maxSessions = 64

  @Option(help: ArgumentHelp("The number of clients that may be connected at once.", valueName: "number"))
  var maxConnections = 1000

  @Option(
    help: ArgumentHelp("The number of interpreters that are kept ready for new clients.", valueName: "number")
  )
  var pool = 1

  @Option(
    help: ArgumentHelp(
      "The longest time that a client may take to send its request, or may leave our answer unread.",
      valueName: "seconds")
  )
  var clientTimeout = Seconds(30)

  @Option(
    help: ArgumentHelp("The time after which a quiet stream gets a comment.", valueName: "seconds"))
  var keepAlive = Seconds(15)

  @Option(help: ArgumentHelp("The largest body of a request.", valueName: "bytes"))
  var maxMessage = 4 << 20

  @Option(
    help: ArgumentHelp(
      "The header in which a load balancer in front chooses the ids of new sessions. Use it only if the balancer "
        + "sets it in every request; otherwise clients choose.",
      valueName: "header"))
  var sessionIDHeader: String?

  func validate() throws {
    guard (0...65535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
    guard maxSessions > 0 else { throw ValidationError("--max-sessions must be at least 1.") }
    guard maxConnections > 0 else { throw ValidationError("--max-connections must be at least 1.") }
    guard (0...1024).contains(pool) else { throw ValidationError("--pool must be from 0 to 1024.") }
    guard maxMessage >= 1024 else { throw ValidationError("--max-message must be at least 1024.") }
    for host in hosts where !HostPolicy.isHost(host) {
      throw ValidationError("--allow-host wants a name such as mcp.example.org, not '\(host)'.")
    }
    for origin in origins where !HostPolicy.isOrigin(origin) {
      throw ValidationError(
        "--allow-origin wants an origin such as https://app.example.org, not '\(origin)'.")
    }
  }

  /// - Throws: ``CommandFailure`` when the token cannot be read, or is missing where one is needed.
  func serverOptions(isStateless: Bool) throws -> HTTPServerOptions {
    let token = try token
    guard token != nil || insecure || isLoopback else {
      throw CommandFailure(
        "\(host) can be reached from other machines, and this server runs code for whoever asks. Give it a token with "
          + "--token-file or MCP_RUN_PYTHON_TOKEN, or say --insecure.")
    }
    // Without a token and names, clients may use the addresses of this machine, which no site can be rebound to.
    let isOpen = token == nil && hosts.isEmpty && !isLoopback
    var options = HTTPServerOptions(
      host: host, port: port, isStateless: isStateless,
      policy: HostPolicy(
        bindsLoopback: isLoopback, hosts: hosts, origins: origins,
        addresses: isOpen ? { @Sendable in MachineAddresses.shared.now } : nil),
      token: token?.bearer,
      sessionTimeout: sessionTimeout.duration, sessionIDHeader: sessionIDHeader, maximumBodyBytes: maxMessage
    )
    options.policy.wording = { $0.wording }
    options.maximumConnections = maxConnections
    options.clientTimeout = clientTimeout.duration
    options.keepAlive = keepAlive.duration
    return options
  }

  private var isLoopback: Bool { HostPolicy.isLoopback(host) }

  private var token: Token? {
    get throws {
      if let tokenFile { return try Token(file: tokenFile) }
      return try Token(variable: "MCP_RUN_PYTHON_TOKEN")
    }
  }
}

/// A bearer token in the ways that people give it: the content of a file, or the value of a variable.
struct Token {
  /// The token without surrounding white space.
  let text: String
  /// The token in the form that a server compares with.
  let bearer: BearerToken

  /// - Throws: ``CommandFailure`` when the file cannot be read, or holds what a header cannot carry.
  init(file: String) throws {
    try self.init(String(decoding: try WholeFile.bytes(of: file), as: UTF8.self), from: file)
  }

  /// Gives nil when the variable is not set.
  ///
  /// - Throws: ``CommandFailure`` when the variable holds what a header cannot carry.
  init?(variable: String) throws {
    guard let text = ProcessInfo.processInfo.environment[variable] else { return nil }
    try self.init(text, from: variable)
  }

  private init(_ text: String, from source: String) throws {
    guard let bearer = BearerToken(text) else {
      throw CommandFailure(
        "The token in \(source) must be one line of visible ASCII characters, and not empty.")
    }
    self.text = text.trimmingWhitespace()
    self.bearer = bearer
  }
}

/// A time as an option's value: more than 0 seconds, and at most some 30 years.
struct Seconds: ExpressibleByArgument, CustomStringConvertible {
  private let value: Double

  init(_ value: Double) { self.value = value }

  init?(argument: String) {
    guard let value = Double(argument), value > 0, value < 1e9 else { return nil }
    self.init(value)
  }

  var duration: Duration { .seconds(value) }

  var description: String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
}
