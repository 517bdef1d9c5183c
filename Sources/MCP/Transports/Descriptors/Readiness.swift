import SystemPackage
import SystemSupport

/// The states of a descriptor that are watched for, or were found.
struct Readiness: OptionSet {
  let rawValue: Int16
  static let readable = Readiness(rawValue: Int16(POLLIN))
  static let writable = Readiness(rawValue: Int16(POLLOUT))
  /// An error, a hang-up or a descriptor that is not open. It is reported even if not watched for.
  static let gone = Readiness(rawValue: Int16(POLLERR) | Int16(POLLHUP) | Int16(POLLNVAL))

  /// Blocks until the descriptor is ready, the pipe is woken, or the time is over (then: `[]`).
  ///
  /// - Parameters:
  ///   - descriptor: The descriptor to watch, or nil for the wake pipe alone.
  ///   - milliseconds: The time; nil waits without end.
  static func wait(
    for wanted: Readiness, of descriptor: FileDescriptor?, or wake: WakePipe, milliseconds: Int32? = nil
  ) -> (found: Readiness, woken: Bool) {
    var watched = [
      pollfd(fd: wake.readEnd.rawValue, events: Readiness.readable.rawValue, revents: 0),
      pollfd(fd: descriptor?.rawValue ?? -1, events: wanted.rawValue, revents: 0),
    ]
    while poll(&watched, nfds_t(watched.count), milliseconds ?? -1) < 0 && errno == EINTR {}
    let woken = watched[0].revents != 0
    if woken { wake.drain() }
    return (Readiness(rawValue: watched[1].revents), woken)
  }
}
