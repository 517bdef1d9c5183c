import Testing

@testable import Repl

@Suite struct NumbersTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1234, "-1,234"), (-123, "-123"),
  ])
  func grouped(_ number: Int, _ text: String) { #expect(Numbers.grouped(number) == text) }

  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (9949, "9.9 kB"), (9950, "10 kB"), (999_499, "999 kB"),
    (999_500, "1.0 MB"),
    (64_000_000, "64 MB"), (2_500_000_000, "2.5 GB"),
  ])
  func bytes(_ count: Int, _ text: String) { #expect(Numbers.bytes(count) == text) }

  @Test(arguments: [
    (0.0004, "0.4 ms"), (0.0099, "9.9 ms"), (0.00996, "10 ms"), (0.5, "500 ms"), (0.9996, "1.0 s"),
    (3.21, "3.2 s"),
    (59.96, "1:00 min"), (125, "2:05 min"),
  ])
  func duration(_ seconds: Double, _ text: String) { #expect(Numbers.duration(seconds) == text) }
}
