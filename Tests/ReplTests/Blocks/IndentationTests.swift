import Testing

@testable import Repl

@Suite struct IndentationTests {
  @Test(arguments: [
    ("if x:", 4),
    ("if x:\n    if y:", 8),
    ("if x:\n    y", 4),
    ("if x: y", 0),
    ("if x:\n    pass", 0),
    ("def f():\n    if x:\n        return 1", 4),
    ("def f():\n    if x:\n        return (\n            1)", 4),
    ("def f():\n  if x:\n    raise E", 2),
    ("while x:\n    y\n    break", 0),
    ("x = (", 4),
    ("x = (\n    1,", 4),
    ("x = (\n    [", 8),
    ("x = (\n    [\n        1,\n    ],", 0),
    ("x = (\n\n", 4),
    ("x = 1 + \\", 4),
    ("if x:\n    y = 1 + \\", 8),
    ("if x:\n    y = 1 + \\\n        2", 4),
    ("x = '''", 0),
    ("def f():\n    '''", 0),
    ("x = 'a\\", 0),
    ("@dec", 0),
    ("@dec\nclass A:", 4),
    ("if x:\n\ty", 8),
    ("if x:\n    y\n# note", 4),
    ("if x:\n    pass\nelse:", 4),
  ])
  func suggestion(after source: String, is columns: Int) {
    #expect(BlockState(of: source).indentation == columns)
  }
}
