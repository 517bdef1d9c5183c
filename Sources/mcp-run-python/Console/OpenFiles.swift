import SystemSupport

/// The number of files and connections that this process may have open.
enum OpenFiles {
  /// Raises the limit, which is low as a rule: every connection and every interpreter takes some.
  static func allowAsManyAsPossible() {
    var limit = rlimit()
    #if os(Linux)
      let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let kind = RLIMIT_NOFILE
    #endif
    guard getrlimit(kind, &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(kind, &limit)
  }
}
