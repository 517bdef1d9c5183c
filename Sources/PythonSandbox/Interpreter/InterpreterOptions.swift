/// The options with which an interpreter is started.
public struct InterpreterOptions: Sendable {
  /// The hosts that the code may reach; nil for none.
  public var network: NetworkPolicy?
  /// The limits of time, memory, output and files.
  public var limits: Limits
  /// The time that code may take to stop after an interrupt. Its interpreter is killed after that.
  public var gracePeriod: Duration
  /// The time that a start may take. It is given up after that.
  public var startTimeout: Duration
  /// True to start from the image's snapshot, if the image has one.
  public var usesSnapshot: Bool
  /// True when checkpoints may be taken. Python then holds JavaScript's global objects by their names, so each use
  /// of `js.NAME` gives another object.
  public var isSavable: Bool
  /// True when the changes of a run are undone after it, unless its variables are kept.
  ///
  /// The next run finds all things as the first run did, but for the files in the current folder.
  /// `RunResult.isSpent` tells when that cannot be.
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
