internal import SystemPackage
import SystemSupport

/// The bytes of a regular file; nil for anything else, a link too.
func fileSize(_ path: FilePath) -> Int? {
  var status = stat()
  guard lstat(path.string, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
  return Int(status.st_size)
}
