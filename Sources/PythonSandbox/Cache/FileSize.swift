internal import SystemPackage
import SystemSupport

/// Bytes in a file; nil when there is none, and for anything else than a file.
func fileSize(_ path: FilePath) -> Int? {
  guard let attributes = try? FileManager.default.attributesOfItem(atPath: path.string),
    attributes[.type] as? FileAttributeType == .typeRegular
  else { return nil }
  return (attributes[.size] as? UInt64).map { Int($0) } ?? attributes[.size] as? Int
}
