/// All series of one metric, in the text that Prometheus reads (Exposition Formats, text 0.0.4). The type is pure.
struct PrometheusFamily: Sendable, Hashable {
  enum Kind: String, Sendable { case counter, gauge, histogram }

  enum Value: Sendable, Hashable {
    case number(Double)
    case histogram(Histogram)
  }

  struct Series: Sendable, Hashable {
    var labels: [Label]
    var value: Value
  }

  struct Label: Sendable, Hashable, Comparable {
    var name: String
    var value: String

    static func < (left: Self, right: Self) -> Bool { (left.name, left.value) < (right.name, right.value) }
  }

  /// A count of values by size: each bound has the values that are larger than the bound before, and at most this
  /// one.
  struct Histogram: Sendable, Hashable {
    let bounds: [Double]
    /// One count for each bound, and a last one for the values that are larger than all bounds.
    private(set) var counts: [Int]
    private(set) var sum = 0.0

    init(bounds: [Double]) {
      self.bounds = bounds
      counts = Array(repeating: 0, count: bounds.count + 1)
    }

    mutating func add(_ value: Double) {
      counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
      sum += value
    }
  }

  var name: String
  var kind: Kind
  var help: String?
  var series: [Series]

  var text: String {
    var lines: [String] = []
    if let help { lines.append("# HELP \(name) \(help.escaped(quotes: false))") }
    lines.append("# TYPE \(name) \(kind.rawValue)")
    for series in series.sorted(by: { $0.labels.lexicographicallyPrecedes($1.labels) }) {
      switch series.value {
      case .number(let number): lines.append(line(name, series.labels, number))
      case .histogram(let histogram): lines += self.lines(histogram, series.labels)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(_ histogram: Histogram, _ labels: [Label]) -> [String] {
    var lines: [String] = []
    var total = 0
    for (bound, count) in zip(histogram.bounds + [.infinity], histogram.counts) {
      total += count
      lines.append(
        line(name + "_bucket", labels + [Label(name: "le", value: Self.text(bound))], Double(total)))
    }
    return lines + [line(name + "_sum", labels, histogram.sum), line(name + "_count", labels, Double(total))]
  }

  private func line(_ name: String, _ labels: [Label], _ value: Double) -> String {
    let pairs = labels.map { "\($0.name)=\"\($0.value.escaped(quotes: true))\"" }
    return name + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " " + Self.text(value)
  }

  private static func text(_ value: Double) -> String {
    if value == .infinity { return "+Inf" }
    if value == -.infinity { return "-Inf" }
    if value.isNaN { return "NaN" }
    return Int(exactly: value).map(String.init) ?? String(value)
  }
}

extension String {
  /// The text as the name of a metric or label: characters that a name cannot have become underscores.
  var asPrometheusName: String {
    let name = String(map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "_" })
    return name.first?.isNumber != false ? "_" + name : name
  }

  fileprivate func escaped(quotes: Bool) -> String {
    var text = ""
    for character in self {
      switch character {
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\"" where quotes: text += "\\\""
      default: text.append(character)
      }
    }
    return text
  }
}
