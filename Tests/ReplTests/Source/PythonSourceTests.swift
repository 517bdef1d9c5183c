import TerminalText
import Testing

@testable import Repl

@Suite struct PythonSourceTests {
  @Test(
    arguments: [
      ("plain", "x = 'é'\n", Array("x = 'é'\n".utf8)),
      ("empty", "", []),
      ("byte order mark", "x", [0xEF, 0xBB, 0xBF] + Array("x".utf8)),
      ("its mark and its name", "# coding: utf-8\n", [0xEF, 0xBB, 0xBF] + Array("# coding: utf-8\n".utf8)),
      (
        "latin-1", "# -*- coding: latin-1 -*-\n'é'",
        Array("# -*- coding: latin-1 -*-\n'".utf8) + [0xE9, 0x27]
      ),
      (
        "second line", "#!/bin/x\n# vim: set fileencoding=cp1252 :\n€",
        Array("#!/bin/x\n# vim: set fileencoding=cp1252 :\n".utf8) + [0x80]
      ),
      ("Japanese", "# coding: euc_jp\nあ", Array("# coding: euc_jp\n".utf8) + [0xA4, 0xA2]),
      ("not in the third line", "\n\n# coding: none\n", Array("\n\n# coding: none\n".utf8)),
      ("not after code", "x = 1\n# coding: none\n", Array("x = 1\n# coding: none\n".utf8)),
    ] as [(String, String, [UInt8])])
  func isRead(name: String, text: String, bytes: [UInt8]) throws {
    #expect(try PythonSource.text(of: bytes) == text)
  }

  @Test(
    arguments: [
      (
        "x = 1\n'".utf8 + [0xE9, 0x27],
        "the byte 0xe9 on line 2 cannot be read, but it is to be UTF-8, as no encoding is declared"
      ),
      ("# coding: utf8\n".utf8 + [0xFF], "the byte 0xff on line 2 cannot be read, but it is to be UTF-8"),
      (
        "# coding: ascii\n\n".utf8 + [0xC3, 0xA9],
        "the byte 0xc3 on line 3 cannot be read, which is none of ascii"
      ),
      ("# coding: nonsense\n".utf8 + [], "unknown encoding: nonsense"),
      ([0xEF, 0xBB, 0xBF] + "# coding: latin-1\n".utf8, "encoding problem: latin-1 with BOM"),
    ] as [([UInt8], String)])
  func isRefused(bytes: [UInt8], reason: String) {
    #expect(throws: PythonSource.Failure(description: "SyntaxError: \(reason)")) {
      try PythonSource.text(of: bytes)
    }
  }

  @Test func linesAreReadAsTheirFirstOnesSay() throws {
    var source = PythonSource()
    let lines: [[UInt8]] = [Array("#!/bin/x".utf8), Array("# coding: latin-1".utf8), [0xE9], [], [0xE8]]
    #expect(try lines.map { try source.text(ofNext: $0) } == ["#!/bin/x", "# coding: latin-1", "é", "", "è"])
  }

  @Test func aLineThatCannotBeReadIsCountedFromTheFirst() throws {
    var source = PythonSource()
    _ = try source.text(ofNext: Array("x = 1".utf8))
    _ = try source.text(ofNext: [])
    let reason = "the byte 0xff on line 3 cannot be read, but it is to be UTF-8, as no encoding is declared"
    #expect(throws: PythonSource.Failure(description: "SyntaxError: \(reason)")) {
      try source.text(ofNext: [0xFF])
    }
  }
}
