/// The numbers of the entries that a filter lets through, kept up to date as the log grows.
public struct FilteredList: Sendable {
  public private(set) var filter = Filter.all
  /// The numbers in order. Some at the front may be dropped already when ``startIndex`` is not 0.
  private var numbers: [Int] = []
  private var startIndex = 0

  public init() {}

  public var count: Int { numbers.count - startIndex }

  /// The entry's number at a position from 0.
  public subscript(position: Int) -> Int? {
    let index = startIndex + position
    return position >= 0 && index < numbers.count ? numbers[index] : nil
  }

  /// The position of an entry, or of the next entry that is shown.
  public func position(of number: Int) -> Int { index(of: number) - startIndex }

  /// Takes another filter.
  public mutating func apply(_ filter: Filter, to log: TrafficLog) {
    self.filter = filter
    startIndex = 0
    numbers = filter.isEmpty ? Array(log.numbers) : log.numbers.filter { shows($0, in: log) }
  }

  /// Follows an append, or the change of a mark.
  public mutating func follow(_ change: TrafficLog.Change, in log: TrafficLog) {
    dropFirst(before: log.numbers.lowerBound)
    for number in change.touched { update(number, in: log) }
    update(change.entry, in: log)
  }

  /// Decides again if an entry is to be shown.
  public mutating func update(_ number: Int, in log: TrafficLog) {
    let index = index(of: number)
    let isListed = index < numbers.count && numbers[index] == number
    switch (isListed, shows(number, in: log)) {
    case (false, true): numbers.insert(number, at: index)
    case (true, false): numbers.remove(at: index)
    case (true, true), (false, false): break
    }
  }

  private func shows(_ number: Int, in log: TrafficLog) -> Bool {
    log[number].map { filter.isEmpty || filter.matches($0, in: log) } ?? false
  }

  private mutating func dropFirst(before number: Int) {
    while startIndex < numbers.count, numbers[startIndex] < number { startIndex += 1 }
    if startIndex >= 1024, startIndex * 2 >= numbers.count {
      numbers.removeFirst(startIndex)
      startIndex = 0
    }
  }

  /// The first index from ``startIndex`` on whose number is not less.
  private func index(of number: Int) -> Int {
    var low = startIndex
    var high = numbers.count
    if let last = numbers.last, last < number { return high }
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
