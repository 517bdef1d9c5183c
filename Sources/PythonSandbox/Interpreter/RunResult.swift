public import Pictures

/// What came of a run. Output is not in it: it was forwarded while the code ran.
public struct RunResult: Sendable, Hashable {
  /// The value of the code's last line.
  public struct Value: Sendable, Hashable {
    /// JSON text as `pydantic_core.to_json` gives it (indent 2), or the string itself when `isString`.
    public var text: String
    public var isString: Bool
    /// The value as JSON proper: `text`, unless that has NaN or infinities, which are null here.
    public var json: String?
    /// Python's `repr` of the value.
    public var representation: String
  }

  /// What the code asked for when it ended itself, as `sys.exit` does.
  public struct Exit: Sendable, Hashable {
    public var status: UInt8
    /// What Python writes to stderr then.
    public var message: String?
  }

  public enum Outcome: Sendable, Hashable {
    /// The code ran to its end; nil for None.
    case success(Value?)
    /// The code raised: the traceback from `main.py` on.
    case error(traceback: String)
  }

  /// Why the interpreter is not there any more.
  public enum Loss: Sendable, Hashable {
    /// The code did not stop when it was interrupted, and was killed.
    case killed
    /// The code's time was over and it did not stop when it was interrupted: it was killed.
    case timedOut(after: Duration)
    /// The process had more in memory than it may, in MB: it was killed.
    case tooLarge(megabytes: Int)
    /// The code went on after its run, used the processor and did not stop when it was interrupted: it was killed.
    case restless
    /// The process ended by itself: out of memory, a fatal error, an exit.
    case died(reason: String)
  }

  public var outcome: Outcome
  /// Set when the interpreter ended with this run: its variables are lost.
  public var loss: Loss?
  /// Set when the error is a `SystemExit`.
  public var exit: Exit?
  /// What can be done here about the error, in one sentence of the guest's.
  public var advice: String?
  /// False where none of the code can have run: the interpreter ended before it took the order.
  public var hasBegun = true
  /// What the code showed, in order.
  public var images: [PNGFile] = []
  /// How many images are not among these, because there were too many or they were too large.
  public var droppedImageCount = 0
  /// Why an image could not be drawn, in Python's words.
  public var undrawn: String?
  /// Whether the value was too long to be sent: it is the beginning of its `repr`.
  public var isValueShortened = false
  /// Whether the code wrote more than it may: the rest was dropped.
  public var isOutputDropped = false
  /// Whether what it wrote could not be handed on in time: the rest was dropped.
  public var isOutputLate = false
  /// Whether the code may have left something behind that was not undone: a further run that is to find everything as
  /// the first one did needs another interpreter.
  public var isSpent = false
  /// True when code that an earlier run had left used more than its share of the processor, and was held until this run.
  public var wasHeld = false
}
