internal import JSON

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
  /// The folders and files of this machine that code finds.
  public var mounts: [Mount]

  public init(
    network: NetworkPolicy? = .publicOnly, limits: Limits = Limits(), gracePeriod: Duration = .seconds(2),
    startTimeout: Duration = .seconds(120), usesSnapshot: Bool = true, isSavable: Bool = false,
    resets: Bool = false, mounts: [Mount] = []
  ) {
    self.network = network
    self.limits = limits
    self.gracePeriod = gracePeriod
    self.startTimeout = startTimeout
    self.usesSnapshot = usesSnapshot
    self.isSavable = isSavable
    self.resets = resets
    self.mounts = mounts
  }
}

/// The limits of code. The code itself cannot lift any of them.
public struct Limits: Sendable, Hashable {
  /// The time that a run may take; nil for any time. Waiting for a line from the user does not count.
  public var timeout: Duration?
  /// Python's memory, in MB; more is a `MemoryError`.
  public var memory: Int
  /// The output of a run to stdout and stderr together, in bytes of UTF-8; more is dropped.
  public var output: Int
  /// The memory of the interpreter's process, in MB; more ends it. It includes Python's memory, the files in memory
  /// and JavaScript's share.
  public var residentMemory: Int

  /// The JSON text of a result, in characters; a longer one is a `ValueError`.
  public static let resultCharacters = 10 << 20
  /// The number of images of one run; more are dropped.
  public static let images = 16
  /// The size of one image as PNG, in bytes; a larger one is dropped.
  public static let imageBytes = 4 << 20
  /// The size of all images of one run, in bytes.
  public static let imageBytesOfRun = 8 << 20
  /// The number of characters of one image in base64.
  static let imageCharacters = (imageBytes + 2) / 3 * 4
  /// The number of characters of a drawing for cells; a longer one is left out.
  static let drawingCharacters = 1 << 18
  /// The size of all files that code keeps in memory, in bytes; more is an `OSError` (no space left on device).
  public static let fileBytes = 512 << 20
  /// The number of files and folders that code may make.
  public static let files = 50_000
  /// The processor time that code may use between two runs, in milliseconds a second.
  public static let idleProcessorTime = 50
  /// The memory that the process may have besides Python's by default, in MB.
  public static let overhead = 1024
  /// The memory that an idle process has reserved without using it, in MB.
  ///
  /// The system's own limit lies this much above `residentMemory`. It holds also where no task watches the process.
  static let reserved = 2048
  /// The range of `memory`, in MB. A smaller one cannot hold Python itself and a common library.
  public static let memoryRange = 64...4096

  public init(
    timeout: Duration? = .seconds(60), memory: Int = 1024, output: Int = 1 << 20, residentMemory: Int? = nil
  ) {
    self.timeout = timeout
    self.memory = memory
    self.output = output
    self.residentMemory = residentMemory ?? memory + Self.overhead
  }

  /// The limits in the form of a start message, with the members that `wire.json` describes.
  ///
  /// The memory is counted in pages of 64 KiB, of which a MB has 16. The last page of 4 GB cannot be had.
  var message: JSONObject {
    [
      "memoryPages": .integer(min(memory * 16, 65535)), "outputBytes": .integer(output),
      "resultCharacters": .integer(Self.resultCharacters), "images": .integer(Self.images),
      "imageCharacters": .integer(Self.imageCharacters), "fileBytes": .integer(Self.fileBytes),
      "files": .integer(Self.files), "drawingCharacters": .integer(Self.drawingCharacters),
    ]
  }
}
