/// What code may use. Nothing here can be lifted by the code itself.
public struct Limits: Sendable, Hashable {
  /// How long a run may take; nil for any time. Waiting for a line from the user does not count.
  public var timeout: Duration?
  /// Python's memory, in MB: more is a `MemoryError`.
  public var memory: Int
  /// What a run may write to stdout and stderr together, in bytes of UTF-8; more is dropped.
  public var output: Int
  /// What the interpreter's process may have in memory, in MB: more ends it. Python's own memory, the files that
  /// it keeps in memory, and JavaScript's share of the work count.
  public var residentMemory: Int

  /// A result's JSON text, in characters; longer ones are a `ValueError`.
  public static let resultCharacters = 10 << 20
  /// The images of one run; more are dropped.
  public static let images = 16
  /// One image, as PNG, in bytes; a larger one is dropped.
  public static let imageBytes = 4 << 20
  /// All images of one run, in bytes.
  public static let imageBytesOfRun = 8 << 20
  /// One image in base64.
  static let imageCharacters = (imageBytes + 2) / 3 * 4
  /// The files that code may keep in memory, in bytes; more is an `OSError` (no space left on device).
  public static let fileBytes = 512 << 20
  /// How many files and folders code may make.
  public static let files = 50_000
  /// What callbacks and tasks that a run left may use of the processor until the next run, in ms a second.
  public static let idleProcessorTime = 50
  /// What `residentMemory` is above `memory` by default, in MB.
  public static let overhead = 1024
  /// What an idle process has set aside without using it, in MB: the system's own limit of the process lies this
  /// much above `residentMemory`, and holds where nobody watches.
  static let reserved = 2048
  /// Smaller ones cannot hold Python itself and a common library.
  public static let memoryRange = 64...4096

  public init(
    timeout: Duration? = .seconds(60), memory: Int = 1024, output: Int = 1 << 20, residentMemory: Int? = nil
  ) {
    self.timeout = timeout
    self.memory = memory
    self.output = output
    self.residentMemory = residentMemory ?? memory + Self.overhead
  }

  /// For a start message. The memory's maximum is counted in pages of 64 KiB, of which there are 16 in a MB; the
  /// last page of 4 GB cannot be had.
  var message: Message {
    Message(
      memoryPages: min(memory * 16, 65535), outputBytes: output, resultCharacters: Self.resultCharacters,
      images: Self.images, imageCharacters: Self.imageCharacters, fileBytes: Self.fileBytes, files: Self.files
    )
  }

  /// `Limits` in messages.ts.
  struct Message: Encodable {
    let memoryPages: Int
    let outputBytes: Int
    let resultCharacters: Int
    let images: Int
    let imageCharacters: Int
    let fileBytes: Int
    let files: Int
  }
}
