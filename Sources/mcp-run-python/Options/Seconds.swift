import ArgumentParser

/// A time as an option's value: more than 0 seconds, and at most some 30 years.
struct Seconds: ExpressibleByArgument, CustomStringConvertible {
  private let value: Double

  init(_ value: Double) { self.value = value }

  init?(argument: String) {
    guard let value = Double(argument), value > 0, value < 1e9 else { return nil }
    self.init(value)
  }

  var duration: Duration { .seconds(value) }

  var description: String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
}
