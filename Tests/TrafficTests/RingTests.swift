import Testing

@testable import Traffic

@Suite struct RingTests {
  @Test func numbersStayWhenOlderElementsGo() {
    var ring = Ring<Int>()
    for number in 0..<5000 {
      ring.append(number)
      if number >= 100 { #expect(ring.removeFirst() == number - 100) }
    }
    #expect(ring.indices == 4900..<5000)
    #expect(ring[4900] == 4900 && ring[4999] == 4999)
    #expect(ring[4899] == nil && ring[5000] == nil)
    #expect(ring.first == 4900 && ring.last == 4999)
  }

  @Test func elementsAreReplacedOnlyWhereTheyAre() {
    var ring = Ring<Int>()
    ring.append(1)
    ring[0]? += 1
    ring[7] = 7
    #expect(ring[0] == 2)
    #expect(ring.count == 1)
    ring.removeAll()
    ring.append(3)
    #expect(ring.indices == 1..<2)
    ring.removeAll()
    #expect(ring.isEmpty && ring.last == nil)
  }
}
