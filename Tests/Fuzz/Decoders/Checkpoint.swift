import SystemPackage
import SystemSupport

@testable import PythonSandbox

/// It lies in the current folder, which the script makes.
private let path: FilePath = "checkpoint"

/// A file is refused with a sentence, or is written again as it was read.
func takeCheckpoint(_ bytes: [UInt8]) {
  write(bytes)
  if let checkpoint = read() { requireWritable(checkpoint, isPresentable: true) }

  // A mutated file seldom has the right checksum, so that one is made of the bytes, too.
  let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
  let checkpoint = Checkpoint(
    image: lines[0], dependencies: Array(lines.dropFirst(2)), pythonVersion: lines.dropFirst().first ?? "",
    created: Date(timeIntervalSince1970: 0.5), content: bytes)
  requireWritable(checkpoint, isPresentable: false)
}

private func write(_ bytes: [UInt8]) {
  do {
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    try file.closeAfter { _ = try file.writeAll(bytes) }
  } catch {
    require(false, "\(path) cannot be written: \(error)")
  }
}

private func read() -> Checkpoint? {
  do {
    return try Checkpoint(contentsOf: path)
  } catch let error as SandboxError {
    requireHarmless(error.message, keeping: [])
  } catch {
    require(false, "\(error) is no error of ours")
  }
  return nil
}

private func requireWritable(_ checkpoint: Checkpoint, isPresentable: Bool) {
  do {
    try checkpoint.write(to: path)
  } catch {
    require(false, "it cannot be written: \(error)")
  }
  guard let again = read() else { return require(!isPresentable, "it cannot be read again") }
  // The time is left out: a date does not hold every number of seconds exactly.
  require(again.image == checkpoint.image && again.pythonVersion == checkpoint.pythonVersion, "its head")
  require(again.dependencies == checkpoint.dependencies, "its dependencies are \(again.dependencies)")
  require(again.content == checkpoint.content, "its content is another one")
}
