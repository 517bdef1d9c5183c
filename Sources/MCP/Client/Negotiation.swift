/// Finds out which revision to speak with a server.
struct Negotiation: Sendable {
  /// What both agreed on, and what the server said about itself.
  struct Outcome: Sendable {
    var revision: Revision
    var serverInfo: Implementation?
    var serverCapabilities: JSON
    var instructions: String?
  }

  let link: Link
  let envelope: ModernEnvelope
  let timeout: Duration

  /// How long a server may be silent about `server/discover` before it counts as one that does not know it.
  private static let probeTime = Duration.seconds(10)

  func run(_ choice: ProtocolChoice) async throws -> Outcome {
    switch choice {
    case .auto: try await probe()
    case .revision(let revision) where revision.era == .modern: try await discover(within: timeout)
    case .revision(let revision): try await initialize(revision, accepting: [revision])
    }
  }

  /// Anything but the offer of a modern revision is taken for a legacy server, as long as it is still there.
  private func probe() async throws -> Outcome {
    do {
      return try await discover(within: min(timeout, Self.probeTime))
    } catch let error as RPCError {
      let supported = error.data?["supported"]?.arrayValue?.compactMap(\.stringValue)
      if error.code == RPCError.unsupportedProtocolVersionCode, let supported,
        !supported.contains(where: { Revision(rawValue: $0) != nil })
      {
        throw unsupported(supported.joined(separator: ", "))
      }
    } catch let error as ClientError
      where [.timedOut, .unsupportedRevision, .invalidResponse].contains(error.code)
    {}
    return try await initialize(.latestLegacy, accepting: Revision.allCases.filter { $0.era == .legacy })
  }

  private func discover(within time: Duration) async throws -> Outcome {
    let result = try await link.request(
      "server/discover", envelope.wrap([:], logLevel: nil), timeout: time, isCancellable: false)
    guard let offered = result["supportedVersions"]?.arrayValue?.compactMap(\.stringValue) else {
      throw ClientError(.invalidResponse, "The server's answer to \"server/discover\" names no revisions.")
    }
    guard offered.contains(envelope.revision.rawValue) else {
      throw unsupported(offered.joined(separator: ", "))
    }
    return Outcome(
      revision: envelope.revision,
      serverInfo: result["_meta"]?[MetaKey.serverInfo].flatMap(Implementation.init),
      serverCapabilities: result["capabilities"] ?? [:], instructions: result["instructions"]?.stringValue)
  }

  private func initialize(_ wanted: Revision, accepting accepted: [Revision]) async throws -> Outcome {
    let params: JSONObject = [
      "protocolVersion": .string(wanted.rawValue), "capabilities": envelope.capabilities,
      "clientInfo": envelope.info.json(for: wanted),
    ]
    let result = try await link.request("initialize", params, timeout: timeout, isCancellable: false)
    guard let answer = result["protocolVersion"]?.stringValue else {
      throw ClientError(.invalidResponse, "The server's answer to \"initialize\" names no revision.")
    }
    guard let revision = Revision(rawValue: answer), accepted.contains(revision) else {
      throw unsupported(answer)
    }
    try await link.notify("notifications/initialized")
    return Outcome(
      revision: revision, serverInfo: result["serverInfo"].flatMap(Implementation.init),
      serverCapabilities: result["capabilities"] ?? [:], instructions: result["instructions"]?.stringValue)
  }

  private func unsupported(_ offered: String) -> ClientError {
    ClientError(
      .unsupportedRevision,
      "The server speaks the protocol revision \(offered), which is not one that this client asked for.")
  }
}
