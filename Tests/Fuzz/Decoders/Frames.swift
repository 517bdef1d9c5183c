@testable import PythonSandbox

/// Frames do not depend on the pieces in which they come, and what they hold is refused or usable.
func takeFrames(_ bytes: [UInt8]) {
  // A checkpoint may take one MB beyond this: more would only slow the fuzzer.
  let bounds = FrameBounds(limits: Limits(memory: 1 - 64 - Limits.fileBytes >> 20))
  func newReader() -> FrameReader { FrameReader(token: "t", bounds: bounds) { $0 < 10 } }
  var reader = newReader()
  let whole = try? reader.push(bytes)
  for pieces in bytes.cuts {
    var reader = newReader()
    let found = try? pieces.flatMap { try reader.push($0) }
    require(found == whole, "pieces give \(String(describing: found)), not \(String(describing: whole))")
  }
  var images = ShownImages()
  for frame in whole ?? [] {
    switch frame {
    case .done(let done): takeResult(done.result)
    case .image(_, let data, _): _ = images.take(base64: data)
    default: break
    }
  }
  // The fuzzer need not find a whole frame to try results.
  takeResult(String(decoding: bytes.dropFirst(), as: UTF8.self))
}

private func takeResult(_ text: String) {
  guard let result = RunResult(guestText: text) else { return }
  for line in [result.advice, result.undrawn].compactMap(\.self) { requireHarmless(line, keeping: []) }
}
