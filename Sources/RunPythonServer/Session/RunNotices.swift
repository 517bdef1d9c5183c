internal import PythonSandbox
import SystemSupport

extension RunResult {
  /// The sentences that the client is told beside the result.
  ///
  /// - Parameter outputLimit: The bytes of UTF-8 that a run may write.
  func sentences(outputLimit: Int) -> [String] {
    var told: [String] = []
    if wasHeld {
      told.append(
        "What earlier code had left used more of the processor than \(Limits.idleProcessorTime) ms a second, so it was held "
          + "until this run.")
    }
    if isOutputDropped {
      told.append("The code wrote more than \(outputLimit) bytes; the rest of its output was dropped.")
    }
    if isOutputLate {
      told.append("The code's output could not be handed on in its time; the rest of it was dropped.")
    }
    let lost = [undrawnSentence, droppedSentence, shortenedSentence].compactMap(\.self)
    if !lost.isEmpty { told.append(lost.joined(separator: " ")) }
    return told
  }

  private var undrawnSentence: String? { undrawn.map { "An image could not be drawn (\($0))." } }

  private var droppedSentence: String? {
    guard droppedImageCount > 0 else { return nil }
    return
      "\(droppedImageCount) image\(droppedImageCount == 1 ? " was" : "s were") dropped: at most "
      + "\(Limits.images) are sent, \(Limits.imageBytes >> 20) MiB each and \(Limits.imageBytesOfRun >> 20) MiB "
      + "together, as PNG."
  }

  private var shortenedSentence: String? {
    isValueShortened
      ? "The value was too long to be sent whole: what stands for it is the beginning of its repr." : nil
  }
}

extension RunResult.Loss {
  /// The beginning of a sentence about a loss with a run.
  var sentence: String {
    switch self {
    case .killed: "The code did not stop when it was interrupted, so its Python interpreter was ended"
    case .timedOut(let limit):
      "The code ran longer than \(limit.inWords) and did not stop when it was interrupted, so its Python "
        + "interpreter was ended"
    case .tooLarge(let megabytes):
      "The Python interpreter had more than \(megabytes) MB in memory, so it was ended"
    case .restless:
      "What earlier code had left used the processor and did not stop when it was interrupted, so the Python "
        + "interpreter was ended"
    case .died(let reason): "The Python interpreter ended unexpectedly (\(reason))"
    }
  }

  /// The beginning of a sentence about a loss between two runs.
  var sentenceBetweenRuns: String {
    switch self {
    case .died: "The Python interpreter had ended unexpectedly"
    case .killed, .timedOut, .tooLarge, .restless: sentence
    }
  }

  /// False when the host ended the interpreter for the sake of a run.
  var isOfItself: Bool {
    switch self {
    case .died, .tooLarge, .restless: true
    case .killed, .timedOut: false
    }
  }
}
