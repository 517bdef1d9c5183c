internal import Metrics

/// Counts runs, and measures their time.
enum RunMetrics {
  /// Runs `work` and counts its outcome: a report's status, `cancelled`, or `failed` when there was no run at
  /// all.
  static func measuring(_ work: () async throws -> RunReport) async throws -> RunReport {
    let start = ContinuousClock.now
    do {
      let report = try await work()
      note(Task.isCancelled ? "cancelled" : report.status, ContinuousClock.now - start)
      return report
    } catch {
      note(error is CancellationError ? "cancelled" : "failed", ContinuousClock.now - start)
      throw error
    }
  }

  private static func note(_ status: String, _ time: Duration) {
    Counter(label: "mcp_run_python_runs_total", dimensions: [("status", status)]).increment()
    Timer(label: "mcp_run_python_run_seconds").record(duration: time)
  }
}
