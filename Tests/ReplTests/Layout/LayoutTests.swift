import TerminalText
import Testing

@testable import Repl

@Suite struct LayoutTests {
  private static let sizes = [
    Size(columns: 60, rows: 15), Size(columns: 80, rows: 24), Size(columns: 100, rows: 45),
    Size(columns: 119, rows: 30),
    Size(columns: 120, rows: 20), Size(columns: 140, rows: 24), Size(columns: 140, rows: 15),
    Size(columns: 200, rows: 60),
    Size(columns: 300, rows: 100),
  ]

  /// Every cell of the screen belongs to one part.
  @Test(arguments: sizes, LayoutMode.allCases)
  func partsCoverTheScreen(_ size: Size, _ mode: LayoutMode) {
    for promptRows in [1, 4, 10, 500] {
      for zoomed in [nil, Pane.traffic] {
        let layout = Layout(
          size: size, mode: mode, recent: Pane.allCases, zoomed: zoomed, promptRows: promptRows)
        let parts = layout.areas.map(\.rect) + layout.dividers + [layout.rule, layout.prompt, layout.status]
        #expect(!layout.isTooSmall)
        #expect(parts.reduce(0) { $0 + $1.columns * $1.rows } == size.columns * size.rows)
        for (index, part) in parts.enumerated() {
          #expect(part.column >= 0 && part.row >= 0 && part.columns > 0 && part.rows > 0)
          #expect(part.column + part.columns <= size.columns && part.row + part.rows <= size.rows)
          for other in parts.dropFirst(index + 1) { #expect(!Self.overlap(part, other)) }
        }
        #expect(layout.prompt.rows == min(promptRows, 10, size.rows / 2))
        #expect(Set(layout.areas.flatMap(\.panes)) == Set(Pane.allCases))
      }
    }
  }

  private static func overlap(_ one: Rect, _ other: Rect) -> Bool {
    one.column < other.column + other.columns && other.column < one.column + one.columns
      && one.row < other.row + other.rows && other.row < one.row + one.rows
  }

  private func shown(
    _ columns: Int, _ rows: Int, _ mode: LayoutMode = .automatic, recent: [Pane] = Pane.allCases
  ) -> [Pane] {
    Layout(size: Size(columns: columns, rows: rows), mode: mode, recent: recent).areas.map(\.shown)
  }

  @Test func theSizeDecides() {
    #expect(shown(80, 24) == [.console])
    #expect(shown(80, 24, recent: [.traffic, .console]) == [.traffic])
    #expect(shown(80, 50) == [.console])
    #expect(shown(80, 50, .split) == [.console, .standardOutput])
    #expect(shown(140, 30) == [.console, .standardOutput, .standardError, .traffic])
    #expect(shown(140, 24) == [.console, .standardOutput, .traffic])
    #expect(shown(139, 30) == [.console])
    #expect(shown(300, 100, .tabs) == [.console])
    #expect(shown(80, 24, .all) == [.console, .standardOutput])
    #expect(shown(80, 19, .split) == [.console])
    #expect(shown(200, 60, recent: [.server, .console]) == [.console, .standardOutput, .server, .traffic])
  }

  @Test func anEmptyStreamTakesNoPlace() {
    func shown(_ filled: Set<Pane>, recent: [Pane] = Pane.allCases) -> [Pane] {
      Layout(
        size: Size(columns: 200, rows: 60), mode: .automatic, recent: recent, filled: filled
      ).areas.map(\.shown)
    }
    #expect(shown([.console, .traffic]) == [.console, .traffic])
    #expect(shown([.standardOutput]) == [.console, .standardOutput, .traffic])
    #expect(shown([.standardError]) == [.console, .standardError, .traffic])
    #expect(shown([.standardOutput, .server]) == [.console, .standardOutput, .server, .traffic])
    #expect(shown([], recent: [.standardError, .console]) == [.console, .standardError, .traffic])
    let all = Layout(
      size: Size(columns: 200, rows: 60), mode: .all, recent: Pane.allCases, filled: [])
    #expect(all.areas.map(\.shown) == [.console, .standardOutput, .standardError, .traffic])
  }

  @Test(arguments: [(59, 24), (80, 14), (20, 5), (1, 1), (0, 0), (80, 1), (80, 2)])
  func aSmallScreenKeepsThePrompt(_ columns: Int, _ rows: Int) {
    let layout = Layout(
      size: Size(columns: columns, rows: rows), mode: .all, recent: Pane.allCases, promptRows: 3)
    #expect(layout.isTooSmall)
    #expect(layout.areas.isEmpty)
    #expect(layout.prompt.rows == max(min(3, rows - 2), min(rows, 1)))
    #expect(layout.prompt.row >= 0 && layout.status.row + layout.status.rows == rows)
  }
}
