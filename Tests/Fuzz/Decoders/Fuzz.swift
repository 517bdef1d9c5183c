import SystemSupport

/// The decoders by their names, each with the properties that must hold whatever bytes come.
private let decoders: [String: @Sendable ([UInt8]) -> Void] = [
  "answers": takeAnswers, "checkpoint": takeCheckpoint, "frames": takeFrames, "json": takeJSON,
  "keys": takeKeys, "output": takeOutput, "lines": takeLines, "png": takePNG, "sse": takeSSE,
  "trace": takeTrace,
]

/// The one that is fuzzed. A variable names it, because all arguments are libFuzzer's.
private let decoder = getenv("MCP_FUZZED").flatMap { decoders[String(cString: $0)] }

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ take: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

@main enum Fuzz {
  static func main() {
    guard decoder != nil else {
      print(decoders.keys.sorted().joined(separator: "\n"))
      return
    }
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    let status = runDriver(&count, &arguments) { bytes, count in
      decoder?(Array(UnsafeBufferPointer(start: bytes, count: count)))
      return 0
    }
    exit(status)
  }
}
