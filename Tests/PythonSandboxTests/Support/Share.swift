import Foundation

/// The share of the slowest tests that a run takes. `Tests/run` tells the commit, and says when it wants all of them.
enum Share {
  private static let environment = ProcessInfo.processInfo.environment

  /// True when all cases of each test are wanted.
  static let isWhole = environment["MCP_TESTS_WHOLE"] != nil

  /// True but in a check of a commit, which leaves some tests to the long ones.
  static let hasLongTests = isWhole || environment["MCP_TESTS_SEED"] == nil

  /// A number of the commit's, to choose by.
  static let seed = environment["MCP_TESTS_SEED", default: ""].utf8.reduce(0) { $0 &* 31 &+ Int($1) }
}
