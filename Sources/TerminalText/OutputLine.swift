/// A line of output that is still being printed, as a terminal has it: what is printed at the cursor takes the
/// place of what stands there.
public struct OutputLine: Sendable {
  /// A column of the line.
  private struct Cell {
    /// The character and the marks on it. It is empty in the further columns of a wide one.
    var text: String
    var look: TextLook

    static let blank = Cell(text: " ", look: .plain)
  }

  /// The line as long as only its end has grown.
  private var grown: StyledText
  /// The line's columns, once it is changed.
  private var cells: [Cell] = []
  /// True once something was printed elsewhere than at the line's end.
  public private(set) var isChanged = false
  private var cellBytes = 0
  /// The cursor's column; nil at the line's end.
  public private(set) var place: Int?

  /// - Parameter column: the cursor's column; nil at the line's end.
  public init(_ text: StyledText = StyledText(), column: Int? = nil) {
    grown = text
    place = column
  }

  /// The line's size in UTF-8.
  public var byteCount: Int { isChanged ? cellBytes : grown.text.utf8.count }

  /// The cursor's column, also at the line's end.
  public var column: Int {
    place ?? (isChanged ? cells.count : DisplayWidth.of(VisibleText.of(grown.text)))
  }

  public var styled: StyledText {
    guard isChanged else { return grown }
    var styled = StyledText()
    var run = ""
    var look = TextLook.plain
    for cell in cells where !cell.text.isEmpty {
      if cell.look != look {
        styled.append(run, look)
        (run, look) = ("", cell.look)
      }
      run += cell.text
    }
    styled.append(run, look)
    return styled
  }

  /// Does what a piece says within a line. A newline and moves to other lines are for the caller.
  public mutating func take(_ piece: OutputReader.Piece) {
    switch piece {
    case .text(let text, let look): print(text, look)
    case .carriageReturn: place = 0
    case .backspace:
      useCells()
      place = max(0, column - 1)
    case .erase(let erasure): erase(erasure)
    case .newline, .up, .down: break
    }
  }

  /// Moves the cursor.
  public mutating func move(to column: Int) { place = column }

  /// Takes the first bytes away, or some fewer. The cursor is then at the line's end.
  public mutating func takeFirst(bytes: Int) -> StyledText {
    var rest = styled
    let first = rest.takeFirst(bytes: bytes)
    self = OutputLine(rest)
    return first
  }

  /// Takes all away but the first bytes, or some fewer. The cursor is then at the line's end.
  public mutating func truncate(toBytes bytes: Int) {
    guard isChanged else {
      self = OutputLine(takeFirst(bytes: bytes))
      return
    }
    while cellBytes > bytes || cells.last?.text.isEmpty == true {
      cellBytes -= cells.removeLast().text.utf8.count
    }
    place = nil
  }

  private mutating func print(_ text: String, _ look: TextLook) {
    if !isChanged, place == nil || byteCount == 0 && place == 0 {
      place = nil
      return grown.append(text, look)
    }
    useCells()
    var column = self.column
    while cells.count < column { append(.blank) }
    for character in text {
      column = put(character, look, at: column)
    }
    place = column == cells.count ? nil : column
  }

  /// Puts a character into its columns; gives the column after them.
  private mutating func put(_ character: Character, _ look: TextLook, at column: Int) -> Int {
    let text = String(character)
    // A tab and a control character take the columns of what is shown in their place.
    let width = DisplayWidth.of(VisibleText.of(text, column: column))
    guard width > 0 else {
      // A mark that stands alone belongs to the character before it.
      var head = column - 1
      while head >= 0, cells[head].text.isEmpty { head -= 1 }
      if head >= 0 {
        cells[head].text += text
        cellBytes += text.utf8.count
      }
      return column
    }
    let end = column + width
    free(column)
    for index in column..<end {
      let cell = Cell(text: index == column ? text : "", look: look)
      if index < cells.count { replace(index, by: cell) } else { append(cell) }
    }
    // The rest of a wide character is blank.
    var index = end
    while index < cells.count, cells[index].text.isEmpty {
      replace(index, by: .blank)
      index += 1
    }
    return end
  }

  /// Makes a column the first of a character: a wide one that begins before it becomes blank.
  private mutating func free(_ column: Int) {
    guard column < cells.count, cells[column].text.isEmpty else { return }
    var head = column
    while head > 0, cells[head].text.isEmpty { head -= 1 }
    for index in head..<column { replace(index, by: .blank) }
  }

  private mutating func append(_ cell: Cell) {
    cells.append(cell)
    cellBytes += cell.text.utf8.count
  }

  private mutating func replace(_ index: Int, by cell: Cell) {
    cellBytes += cell.text.utf8.count - cells[index].text.utf8.count
    cells[index] = cell
  }

  private mutating func erase(_ erasure: OutputReader.Erasure) {
    if erasure != .toStart, place == 0 {
      self = OutputLine()
      return
    }
    if erasure == .toEnd, place == nil { return }
    useCells()
    let column = self.column
    switch erasure {
    case .all:
      cells = []
      cellBytes = 0
    case .toEnd:
      free(column)
      while cells.count > column { cellBytes -= cells.removeLast().text.utf8.count }
    case .toStart:
      for index in 0..<min(column + 1, cells.count) { replace(index, by: .blank) }
      var index = column + 1
      while index < cells.count, cells[index].text.isEmpty {
        replace(index, by: .blank)
        index += 1
      }
    }
    place = column
  }

  /// Begins to keep the line by columns.
  private mutating func useCells() {
    guard !isChanged else { return }
    let text = grown
    let place = place
    grown = StyledText()
    isChanged = true
    var column = 0
    text.forEachPart { text, look in
      for character in text { column = put(character, look, at: column) }
    }
    self.place = place
  }
}
