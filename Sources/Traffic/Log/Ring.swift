/// A queue that numbers its elements from 0 in the order in which they came. An element keeps its number when
/// older ones are dropped.
package struct Ring<Element> {
  private var storage: [Element?] = []
  private var head = 0

  /// The number of the oldest element that is left.
  package private(set) var startIndex = 0
  /// The number of elements that were dropped at the front since the last ``removeAll()``.
  package private(set) var droppedCount = 0

  package init() {}

  package var count: Int { storage.count - head }
  package var isEmpty: Bool { count == 0 }
  /// The number that the next element gets.
  package var endIndex: Int { startIndex + count }
  package var indices: Range<Int> { startIndex..<endIndex }
  package var first: Element? { isEmpty ? nil : storage[head] }
  package var last: Element? { isEmpty ? nil : storage[storage.count - 1] }

  /// The element with this number; nil once it is dropped. Only an element that is still there can be
  /// replaced.
  package subscript(number: Int) -> Element? {
    get { indices.contains(number) ? storage[head + number - startIndex] : nil }
    _modify {
      var absent: Element?
      if indices.contains(number) {
        yield &storage[head + number - startIndex]
      } else {
        yield &absent
      }
    }
  }

  package mutating func append(_ element: Element) {
    storage.append(element)
  }

  @discardableResult
  package mutating func removeFirst() -> Element? {
    guard !isEmpty else { return nil }
    let element = storage[head]
    storage[head] = nil
    head += 1
    startIndex += 1
    droppedCount += 1
    // The hole at the front is closed when it is the greater half, so each element moves once on average.
    if head >= 1024, head * 2 >= storage.count {
      storage.removeFirst(head)
      head = 0
    }
    return element
  }

  /// Removes all elements; the numbers go on.
  package mutating func removeAll() {
    startIndex = endIndex
    droppedCount = 0
    storage = []
    head = 0
  }
}

extension Ring: Sendable where Element: Sendable {}
