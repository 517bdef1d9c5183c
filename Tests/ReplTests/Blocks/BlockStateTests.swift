import Testing

@testable import Repl

@Suite struct BlockStateTests {
  @Test(arguments: CompileCommandTable.complete)
  func completeForPython(_ source: String) {
    let state = BlockState(of: source)
    #expect(state == .complete || state == .empty)
  }

  @Test(arguments: CompileCommandTable.wrong)
  func wrongForPython(_ source: String) {
    #expect(BlockState(of: source) == .complete)
  }

  @Test(arguments: CompileCommandTable.more)
  func incompleteForPython(_ source: String) {
    let state = BlockState(of: source)
    #expect(state != .complete && state != .empty)
  }
}
