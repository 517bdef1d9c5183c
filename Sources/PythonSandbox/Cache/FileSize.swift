internal import SystemPackage
import SystemSupport

/// The number of bytes in a regular file; nil for anything else, also for a link.
func fileSize(_ path: FilePath) -> Int? {
  var status = stat()
  guard lstat(path.string, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
  return Int(status.st_size)
}
