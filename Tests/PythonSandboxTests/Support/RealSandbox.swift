import Testing

/// All tests with real processes, one after the other: several interpreters that start at once would make each
/// other late.
@Suite(.serialized) enum RealSandbox {}
