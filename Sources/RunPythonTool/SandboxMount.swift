/// A folder or a file of this machine that code in the sandbox finds among its own.
public struct SandboxMount: Sendable, Hashable {
  /// The things that code may do with it.
  public enum Access: String, Sendable, Hashable, CaseIterable {
    /// Code reads what is there now.
    case readOnly = "ro"
    /// Code reads, and its writes are done on this machine at once.
    case writeThrough = "rw"
    /// Code may change what it sees; the changes stay in its session, and this machine's files as they are.
    case overlay
  }

  /// The path on this machine.
  public var host: String
  /// The path that code finds it at; nil for `/mnt/NAME`.
  public var guest: String?
  /// The things that code may do with it.
  public var access: Access

  /// Makes a mount; by default it can only be read, and stands at `/mnt/NAME`.
  public init(_ host: String, at guest: String? = nil, access: Access = .readOnly) {
    self.host = host
    self.guest = guest
    self.access = access
  }

  /// Files that code can only read.
  public static func readOnly(_ host: String, at guest: String? = nil) -> SandboxMount {
    SandboxMount(host, at: guest)
  }

  /// Files that code reads and writes on this machine.
  public static func writeThrough(_ host: String, at guest: String? = nil) -> SandboxMount {
    SandboxMount(host, at: guest, access: .writeThrough)
  }

  /// Files that code may change for its own session alone.
  public static func overlay(_ host: String, at guest: String? = nil) -> SandboxMount {
    SandboxMount(host, at: guest, access: .overlay)
  }

  /// Reads `HOST[:GUEST][:ro|rw|overlay]`, where GUEST begins with a slash; nil without a host.
  public init?(argument: String) {
    var parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    access = .readOnly
    if parts.count > 1, let named = parts.last.flatMap({ Access(rawValue: String($0)) }) {
      access = named
      parts.removeLast()
    }
    if parts.count > 1, let last = parts.last, last.hasPrefix("/") {
      guest = String(last)
      parts.removeLast()
    }
    host = parts.joined(separator: ":")
    if host.isEmpty { return nil }
  }

  /// The word for a command line.
  public var argument: String {
    ([host] + [guest].compactMap(\.self) + [access.rawValue]).joined(separator: ":")
  }
}
