/// Finds the revision to speak with a server.
struct Negotiation: Sendable {
  /// The revision that both agreed on, and the server's description of itself.
  struct Outcome: Sendable {
    var revision: Revision
    var serverInfo: Implementation?
    var serverCapabilities: JSON
    var instructions: String?
  }

  let link: Link
  let envelope: ModernEnvelope
  let timeout: Duration

  /// The time after which a server that is silent about `server/discover` counts as one that does not know
  /// it.
  private static let probeTime = Duration.seconds(10)

  func run(_ choice: ProtocolChoice) async throws -> Outcome {
    switch choice {
    case .auto: try await probe()
    case .revision(let revision) where revision.era == .modern: try await discover(within: timeout)
    case .revision(let revision): try await initialize(revision, accepting: [revision])
    }
  }

  /// Asks with `server/discover`. Any answer in other than the modern era's words means a legacy server, if
  /// it still runs (2026-07-28, Versioning, Backward Compatibility).
  private func probe() async throws -> Outcome {
    do {
      return try await discover(within: min(timeout, Self.probeTime))
    } catch let error as RPCError {
      switch error.code {
      case RPCError.unsupportedProtocolVersionCode: return try await choose(from: error)
      case RPCError.headerMismatchCode, RPCError.missingClientCapabilityCode: throw error
      default: break
      }
    } catch let error as ClientError
      where [.timedOut, .unsupportedRevision, .invalidResponse].contains(error.code)
    {}
    return try await initialize(.latestLegacy, accepting: Revision.allCases.filter { $0.era == .legacy })
  }

  /// Asks once more with a revision that the server lists.
  private func choose(from error: RPCError) async throws -> Outcome {
    let supported = error.data?["supported"]?.arrayValue?.compactMap(\.stringValue) ?? []
    guard supported.contains(envelope.revision.rawValue) else {
      throw unsupported(supported.isEmpty ? "of another time" : supported.joined(separator: ", "))
    }
    do {
      return try await discover(within: timeout)
    } catch let error as RPCError where error.code == RPCError.unsupportedProtocolVersionCode {
      throw ClientError(
        .unsupportedRevision,
        "The server lists the protocol revision \(envelope.revision.rawValue), and then refuses it.")
    }
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
      guard accepted == [wanted], let offered = Revision(rawValue: answer) else { throw unsupported(answer) }
      throw ClientError(
        .unsupportedRevision,
        "The server offers the protocol revision \(offered.rawValue) and not \(wanted.rawValue): ask it for that one, "
          + "or for auto.")
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

/// The revision that a client wants to speak.
public enum ProtocolChoice: Sendable, Hashable {
  /// The newest that both know: the client asks by `server/discover` and falls back to `initialize`.
  case auto
  /// This revision or none.
  case revision(Revision)
}
