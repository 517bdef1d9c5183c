public import CoreMetrics
import Synchronization

/// Keeps the values that are measured through swift-metrics, and gives them as Prometheus's text.
///
/// The library swift-prometheus does the same; it shall replace this once the build can fetch it.
///
/// Counters become counters, gauges become gauges, and timers become histograms in seconds. A metric's label is its
/// name.
public final class PrometheusRegistry: MetricsFactory {
  private struct Key: Hashable {
    let name: String
    let labels: [PrometheusFamily.Label]
  }

  private struct State {
    var kinds: [String: PrometheusFamily.Kind] = [:]
    var series: [Key: PrometheusSeries] = [:]
    var help: [String: String] = [:]
  }

  /// Guards the list of series from the threads that make metrics and from the request that reads them.
  private let state = Mutex(State())

  /// - Parameter help: A sentence on the meaning of each metric, by the metric's name.
  public init(help: [String: String] = [:]) {
    state.withLock { $0.help = help }
  }

  /// The text of all series with their present values (Exposition Formats, text 0.0.4).
  public var text: String {
    let (kinds, series, help) = state.withLock { ($0.kinds, $0.series, $0.help) }
    let byName = Dictionary(grouping: series, by: \.key.name)
    return kinds.sorted { $0.key < $1.key }.map { name, kind in
      PrometheusFamily(
        name: name, kind: kind, help: help[name],
        series: (byName[name] ?? []).map { .init(labels: $0.key.labels, value: $0.value.value) }
      ).text
    }.joined()
  }

  private func series(
    _ label: String, _ dimensions: [(String, String)], _ kind: PrometheusFamily.Kind
  ) -> PrometheusSeries {
    let name = label.asPrometheusName
    let labels = dimensions.map { PrometheusFamily.Label(name: $0.0.asPrometheusName, value: $0.1) }
    return state.withLock { state in
      let kind = state.kinds[name] ?? kind
      state.kinds[name] = kind
      let key = Key(name: name, labels: labels)
      if let known = state.series[key] { return known }
      let new = PrometheusSeries(kind)
      state.series[key] = new
      return new
    }
  }

  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    series(label, dimensions, .counter)
  }

  public func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    series(label, dimensions, aggregate ? .histogram : .gauge)
  }

  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    series(label, dimensions, .histogram)
  }

  // Series live as long as the server, so that a count never goes back.
  public func destroyCounter(_ handler: any CounterHandler) {}
  public func destroyRecorder(_ handler: any RecorderHandler) {}
  public func destroyTimer(_ handler: any TimerHandler) {}
}

/// The values of one metric with one set of labels.
private final class PrometheusSeries: CounterHandler, RecorderHandler, TimerHandler {
  /// The bounds in seconds, from a call that finds everything ready to one that takes minutes.
  private static let bounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

  /// Guards the value from the threads that count and from the request that reads it.
  private let state: Mutex<PrometheusFamily.Value>

  init(_ kind: PrometheusFamily.Kind) {
    state = Mutex(kind == .histogram ? .histogram(.init(bounds: Self.bounds)) : .number(0))
  }

  var value: PrometheusFamily.Value { state.withLock { $0 } }

  func increment(by amount: Int64) {
    state.withLock { if case .number(let number) = $0 { $0 = .number(number + Double(amount)) } }
  }

  func reset() {
    state.withLock { if case .number = $0 { $0 = .number(0) } }
  }

  func record(_ value: Int64) { record(Double(value)) }

  func record(_ value: Double) {
    state.withLock { state in
      switch state {
      case .number: state = .number(value)
      case .histogram(var histogram):
        histogram.add(value)
        state = .histogram(histogram)
      }
    }
  }

  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
}
