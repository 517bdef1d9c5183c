import Foundation
import Testing

@testable import PythonSandbox

@Suite struct IdleBudgetTests {
  private static let start = ContinuousClock.now

  /// Gives the seconds after which code is held that uses so many milliseconds of each second; nil for never.
  private static func end(using milliseconds: Int) -> Int? {
    var budget = IdleBudget()
    return (0...3600).first { second in
      !budget.take(.milliseconds(milliseconds * second), at: start + .seconds(second))
    }
  }

  @Test(arguments: [0, 1, 49, 50])
  func whatStaysWithinItsShareIsNeverHeld(milliseconds: Int) {
    #expect(Self.end(using: milliseconds) == nil)
  }

  @Test(arguments: [(51, 1951), (60, 196), (100, 40), (1000, 3), (2000, 2)])
  func whatUsesMoreIsHeldWhenTheBurstIsOver(milliseconds: Int, seconds: Int) {
    #expect(Self.end(using: milliseconds) == seconds)
  }

  @Test func whatIsSkippedCostsNothing() {
    var budget = IdleBudget()
    for second in 0...100 { budget.skip(.seconds(second), at: Self.start + .seconds(second)) }
    let later = Self.start + .seconds(101)
    let isWithin = budget.take(.seconds(101), at: later)
    #expect(isWithin)
  }

  @Test func restFillsNoMoreThanTheBurst() {
    var budget = IdleBudget()
    let uses: [(milliseconds: Int, second: Int)] = [(0, 0), (0, 3600), (2100, 3601)]
    let isWithin = uses.map {
      budget.take(.milliseconds($0.milliseconds), at: Self.start + .seconds($0.second))
    }
    #expect(isWithin == [true, true, false])
  }

  @Test(arguments: [
    ("4242 (deno) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20", 2000),
    ("4242 (a ) S (x) S 1 2 3 4 5 6 7 8 9 10 1 2 0 0 20", 30),
  ])
  func theProcessorsTimeIsRead(text: String, milliseconds: Int) {
    #expect(ProcessorTime.used(in: text, ticksPerSecond: 100) == .milliseconds(milliseconds))
  }

  @Test(arguments: ["", "4242 (deno", "4242 (deno) S 1 2", "4242 (deno) S 1 2 3 4 5 6 7 8 9 10 x y 0"])
  func whatIsNoStatusGivesNothing(text: String) {
    #expect(ProcessorTime.used(in: text, ticksPerSecond: 100) == nil)
  }

  @Test func thisProcessHasUsedSome() throws {
    let before = try #require(ProcessorTime.used(by: getpid()))
    var sum = 0
    while ProcessorTime.used(by: getpid()) == before { sum &+= 1 }
    #expect(try #require(ProcessorTime.used(by: getpid())) > before)
  }
}
