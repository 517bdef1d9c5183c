import SystemSupport

/// How many files and connections this process may have open.
enum OpenFiles {
  /// Every connection and every interpreter takes some, and the usual limit is low.
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
