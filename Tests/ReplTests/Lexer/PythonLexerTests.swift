import Testing

@testable import Repl

@Suite struct PythonLexerTests {
  /// The tokens of `source` but for blanks, each as its kind's first letter (`!` for an error) and its text.
  private func spell(_ source: String) -> [String] {
    let letters: [PythonToken.Kind: String] = [
      .keyword: "k", .name: "n", .number: "d", .string: "s", .comment: "c", .operator: "o", .bracket: "b",
      .newline: "l", .error: "!",
    ]
    return PythonLexer.tokens(in: source).compactMap { token in
      letters[token.kind].map { "\($0):\(source[token.range])" }
    }
  }

  @Test(arguments: [
    ("if x: # y", ["k:if", "n:x", "o::", "c:# y"]),
    ("a:=b**=c//d...", ["n:a", "o::=", "n:b", "o:**=", "n:c", "o://", "n:d", "o:..."]),
    ("0x_ff+1_0.5e-3j-.5", ["d:0x_ff", "o:+", "d:1_0.5e-3j", "o:-", "d:.5"]),
    ("1.real 1..x", ["d:1.", "n:real", "d:1.", "o:.", "n:x"]),
    ("Rb'a' u\"b\" x'c'", ["s:Rb'a'", "s:u\"b\"", "n:x", "s:'c'"]),
    (
      "f'a{b!r:>{w}.2}c'",
      ["s:f'a", "b:{", "n:b", "o:!", "n:r", "o::", "s:>", "b:{", "n:w", "b:}", "s:.2", "b:}", "s:c'"]
    ),
    ("f'{d['k']}'", ["s:f'", "b:{", "n:d", "b:[", "s:'k'", "b:]", "b:}", "s:'"]),
    ("t\"{x}\"", ["s:t\"", "b:{", "n:x", "b:}", "s:\""]),
    ("f'{{x}}{a!=b}'", ["s:f'{{x}}", "b:{", "n:a", "o:!=", "n:b", "b:}", "s:'"]),
    ("f'\\N{DASH}{a}'", ["s:f'\\N{DASH}", "b:{", "n:a", "b:}", "s:'"]),
    ("'a\\'b' 'c", ["s:'a\\'b'", "!:'c"]),
    ("'a\nb", ["!:'a", "l:\n", "n:b"]),
    ("'''a\r\nb''' c", ["s:'''a\r\n", "s:b'''", "n:c"]),
    ("é = π\u{301}", ["n:é", "o:=", "n:π\u{301}"]),
    ("(]$", ["b:(", "!:]", "!:$"]),
    ("a \\\nb", ["n:a", "l:\n", "n:b"]),
    ("match x:", ["k:match", "n:x", "o::"]),
    ("  case -1: y", ["k:case", "o:-", "d:1", "o::", "n:y"]),
    ("match = case", ["n:match", "o:=", "n:case"]),
    ("match(x)", ["n:match", "b:(", "n:x", "b:)"]),
    ("type X = int", ["k:type", "n:X", "o:=", "n:int"]),
    ("type(x)", ["n:type", "b:(", "n:x", "b:)"]),
    ("'\"' # '", ["s:'\"'", "c:# '"]),
  ])
  func tokens(of source: String, are expected: [String]) {
    #expect(spell(source) == expected)
  }

  @Test(arguments: CompileCommandTable.complete + CompileCommandTable.wrong + CompileCommandTable.more)
  func tokensCoverTheirSource(_ source: String) {
    let tokens = PythonLexer.tokens(in: source)
    #expect(tokens.map { String(source[$0.range]) }.joined() == source)
  }
}
