import CoreMetrics
import Testing

@testable import MCPHTTP

@Suite struct PrometheusTests {
  @Test func aFamilyAsText() {
    let family = PrometheusFamily(
      name: "runs_total", kind: .counter, help: "Runs\nby \\status",
      series: [
        .init(labels: [.init(name: "status", value: "run \"error\"\n\\")], value: .number(2)),
        .init(labels: [.init(name: "status", value: "ok")], value: .number(0.5)),
      ])
    #expect(
      family.text == """
        # HELP runs_total Runs\\nby \\\\status
        # TYPE runs_total counter
        runs_total{status="ok"} 0.5
        runs_total{status="run \\"error\\"\\n\\\\"} 2

        """)
  }

  @Test func aHistogramIsCumulative() {
    var histogram = PrometheusFamily.Histogram(bounds: [0.1, 1])
    for value in [0.1, 0.5, 0.25, 7] { histogram.add(value) }
    let family = PrometheusFamily(
      name: "t", kind: .histogram, help: nil, series: [.init(labels: [], value: .histogram(histogram))])
    #expect(
      family.text == """
        # TYPE t histogram
        t_bucket{le="0.1"} 1
        t_bucket{le="1"} 3
        t_bucket{le="+Inf"} 4
        t_sum 7.85
        t_count 4

        """)
  }

  @Test(arguments: [
    (Double.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (1e300, "1e+300"), (-3, "-3"),
  ])
  func numbers(_ value: Double, _ text: String) {
    let family = PrometheusFamily(
      name: "g", kind: .gauge, help: nil, series: [.init(labels: [], value: .number(value))])
    #expect(family.text == "# TYPE g gauge\ng \(text)\n")
  }

  @Test(arguments: [("a.b-c", "a_b_c"), ("9x", "_9x"), ("", "_"), ("é", "_"), ("ok_1", "ok_1")])
  func names(_ label: String, _ name: String) { #expect(label.asPrometheusName == name) }

  @Test func whatIsMeasuredIsTold() {
    let registry = PrometheusRegistry(help: ["c": "Counted"])
    let counter = registry.makeCounter(label: "c", dimensions: [("k", "v")])
    counter.increment(by: 2)
    registry.makeCounter(label: "c", dimensions: [("k", "v")]).increment(by: 1)
    registry.makeRecorder(label: "g", dimensions: [], aggregate: false).record(1.5)
    registry.makeTimer(label: "t", dimensions: []).recordNanoseconds(2_000_000)
    #expect(registry.text.contains("# HELP c Counted\n# TYPE c counter\nc{k=\"v\"} 3\n"))
    #expect(registry.text.contains("g 1.5\n"))
    #expect(registry.text.contains("t_bucket{le=\"0.001\"} 0\nt_bucket{le=\"0.005\"} 1\n"))
    #expect(registry.text.contains("t_sum 0.002\n"))
  }
}
