/// How an interpreter is started.
public struct InterpreterOptions: Sendable {
  /// What the code may reach; nil for nothing.
  public var network: NetworkPolicy?
  public var limits: Limits
  /// How long code may take to stop after an interrupt before its interpreter is killed.
  public var gracePeriod: Duration
  /// How long a start may take before it is given up.
  public var startTimeout: Duration
  /// Whether to start from the image's snapshot, if it has one.
  public var usesSnapshot: Bool
  /// Whether checkpoints may be taken. Python then holds JavaScript's global objects by their names, so that each
  /// `js.NAME` is another object than the last one.
  public var isSavable: Bool
  /// Whether what a run changes is undone after it, unless variables live on: another run finds everything as the
  /// first one did, but for the files in the current folder. See `RunResult.isSpent` for where that cannot be.
  public var resets: Bool

  public init(
    network: NetworkPolicy? = .publicOnly, limits: Limits = Limits(), gracePeriod: Duration = .seconds(2),
    startTimeout: Duration = .seconds(120), usesSnapshot: Bool = true, isSavable: Bool = false,
    resets: Bool = false
  ) {
    self.network = network
    self.limits = limits
    self.gracePeriod = gracePeriod
    self.startTimeout = startTimeout
    self.usesSnapshot = usesSnapshot
    self.isSavable = isSavable
    self.resets = resets
  }
}
