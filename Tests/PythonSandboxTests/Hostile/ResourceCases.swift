extension HostileCase {
  /// 400 MB of zeros, compressed twice.
  private static let bomb =
    """
    eNrt3CFOXAEUhtE3YQSpYECgKopgEZhJwFQjim66ADR1kBA8m6iuGg8OgS+gWECDIA2KMITZRd93zhKu/HPz/Xz4ez2ZDMNwdvn2\
    +2n90wAAAACM3Nn9+drHGDDsLP98PTwCAAAAxu7HbGO6GgVev38+cA4AAAAYvYv53ubqQ+D59HjqHAAAADB62y+P+6st4Ga52Prm\
    HgAAADB6d4IBAAAAkCIYAAAAAC2CAQAAANAiGAAAAAAxggEAAADQIhgAAAAALYIBAAAA0CIYAAAAADGCAQAAANAiGAAAAAAtggEA\
    AADQIhgAAAAAMYIBAAAA0CIYAAAAAC2CAQAAANAiGAAAAAAxggEAAADQIhgAAAAALYIBAAAA0CIYAAAAADGCAQAAANAiGAAAAAAt\
    ggEAAADQIhgAAAAAMYIBAAAA0CIYAAAAAC2CAQAAANAiGAAAAAAxggEAAADQIhgAAAAALYIBAAAA0CIYAAAAADGCAQAAANAiGAAA\
    AAAtggEAAADQIhgAAAAAMYIBAAAA0CIYAAAAAC2CAQAAANAiGAAAAAAxggEAAADQIhgAAAAALYIBAAAA0CIYAAAAADGCAQAAANAi\
    GAAAAAAtggEAAADQIhgAAAAAMYIBAAAA0CIYAAAAAC2CAQAAANAiGAAAAAAxggEAAADQIhgAAAAALYIBAAAA0CIYAAAAADGCAQAA\
    ANAiGAAAAAAtggEAAADQIhgAAAAAMYIBAAAA0CIYAAAAAC2CAQAAANAiGAAAAAAxggEAAADQIhgAAAAALYIBAAAA0CIYAAAAADGC\
    AQAAANAiGAAAAAAtggEAAADQIhgAAAAAMYIBAAAA0CIYAAAAAC2CAQAAANAiGAAAAAAxggEAAADQIhgAAAAALYIBAAAA0CIYAAAA\
    ADGCAQAAANAiGAAAAAAtggEAAADQIhgAAAAAMYIBAAAA0CIYAAAAAC2CAQAAANAiGAAAAAAxggEAAADQIhgAAAAALYIBAAAA0CIY\
    AAAAADGCAQAAANAiGAAAAAAtv+Z7ux9bwOa/5eLL7QD8R662T2bD5B0n8hDN
    """

  private static let deepList = "x = []\nfor _ in range(100_000): x = [x]\n"

  private static let late = "TimeoutError: the code ran longer than 1 second"

  /// Time, memory, depth and size.
  static let resources: [HostileCase] = [
    .init("an endless loop", "while True: pass", .error(late), isEndless: true),
    .init(
      "a loop that does not want to stop",
      "while True:\n  try:\n    while True: pass\n  except BaseException: pass", .lost(late), isEndless: true),
    .init(
      "an endless loop in a destructor",
      "class A:\n  def __del__(self):\n    while True: pass\na = A()\ndel a\n1", .value("1"), isEndless: true),
    .init(
      "an endless repr", "class A:\n  def __repr__(self):\n    while True: pass\nA()", .error(late),
      isEndless: true),
    .init(
      "an endless exception text",
      "class E(Exception):\n  def __str__(self):\n    while True: pass\nraise E()",
      .error("E: <exception str() failed>"),
      isEndless: true),
    .init(
      "an interrupt that is ignored",
      "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass", .lost(late),
      isEndless: true),
    .init("too many bytes", "bytes(2**33)", .error("OverflowError: cannot fit")),
    .init(
      "a list that grows", "x = []\nwhile True: x.append('x' * 10**6 + str(len(x)))", .error("MemoryError")),
    .init("a number that is too long", "str(10**5000)", .error("ValueError: Exceeds the limit")),
    .init(
      "recursion", "def f(): return f()\nf()", .error("RecursionError: maximum recursion depth exceeded")),
    .init(
      "a deeper limit of recursion", "import sys\nsys.setrecursionlimit(10**8)\ndef f(): return f()\nf()",
      .error("RecursionError: maximum recursion depth exceeded")),
    .init(
      "a value that is too deep", "\(deepList)x", .error("RecursionError: Stack overflow")),
    .init("a deep value that goes", "\(deepList)x = None\n1", .value("1")),
    .init("deep values that are compared", "\(deepList)x == [x]", .error("RecursionError: Stack overflow")),
    .init(
      "a deep value as JSON", "import json\n\(deepList)try: json.dumps(x)\nexcept RecursionError: y = 1\ny",
      .value("1")),
    .init(
      "a deep value in bytes",
      "import pickle\n\(deepList)try: pickle.dumps(x)\nexcept RecursionError: y = 1\ny", .value("1")),
    .init(
      "objects in a chain",
      "class Link:\n  def __init__(self, next): self.next = next\nx = None\nfor _ in range(100_000): x = Link(x)\nx = None\n1",
      .value("1")),
    .init(
      "exceptions in a chain",
      "x = None\nfor _ in range(100_000):\n  y = ValueError()\n  y.__context__ = x\n  x = y\nx = y = None\n1",
      .value("1")),
    .init(
      "generators in a chain",
      "def g(i): yield from i\nx = iter([1])\nfor _ in range(100_000): x = g(x)\nx = None\n1", .value("1")),
    .init(
      "JSON that is too deep", "import json\njson.loads('[' * 100_000)",
      .error("RecursionError: Stack overflow")),
    .init("deep JSON", "import json\nlen(json.loads('[' * 20_000 + ']' * 20_000))", .value("1")),
    .init(
      "XML that is deep",
      "from xml.etree import ElementTree\nx = ElementTree.fromstring('<a>' * 100_000 + '</a>' * 100_000)\nx = None\n1",
      .value("1")),
    .init("a sum of many terms", "eval('+'.join(['1'] * 3000))", .value("3000")),
    .init("a value that holds itself", "x = []\nx.append(x)\nx", .value("[[...]]")),
    .init(
      "an expression that is too deep", "eval('(' * 1000 + ')' * 1000)",
      .error("SyntaxError: too many nested parentheses")),
    .init(
      "many tasks",
      "import asyncio\nt = [asyncio.create_task(asyncio.sleep(1000)) for _ in range(2000)]\nlen(t)",
      .value("2000")),
    .init(
      "a task that does not want to stop",
      "import asyncio\nasync def f():\n  while True:\n    try: await asyncio.sleep(1000)\n    except BaseException: pass\nt = asyncio.create_task(f())\nawait asyncio.sleep(0)\n1",
      .value("1")),
    .init("output without end", "while True: print('x' * 1000)", .error(late), isEndless: true),
    .init(
      "a value that is too large", "'é' * (20 << 20)",
      .value("'" + String(repeating: "é", count: 99_999))),
    .init(
      "a repr that is too large",
      "class A:\n  def __repr__(self): return 'x' * 100_000_000\nA()",
      .value(String(repeating: "x", count: 100_000))),
    .init(
      "a repr that is larger than the memory",
      "class A:\n  def __repr__(self): return 'x' * 300_000_000\nA()", .error("MemoryError")),
    .init(
      "large reprs in a list",
      "class A:\n  def __repr__(self): return 'x' * 9_000_000\n[A()] * 8",
      .value("[" + String(repeating: "x", count: 99_999))),
    .init(
      "a chain of 20,000 errors",
      "e = None\nfor i in range(20_000):\n  try: raise ValueError(i) from e\n  except ValueError as x: e = x\nraise e",
      .error("ValueError: 19999")),
    .init("a question that is no text", "input('\\ud800')", .error("EOFError")),
    .init(
      "a chain of errors",
      "def f(n):\n  try:\n    raise ValueError(n)\n  except ValueError:\n    if n: f(n - 1)\n    raise KeyError(n)\nf(400)",
      .error("KeyError: 0")),
    .init(
      "a group of errors", "raise ExceptionGroup('g', [ValueError('x' * 1000) for _ in range(1000)])",
      .error("")),
    .init("a sparse file", "open('/tmp/s', 'wb').truncate(2**50)", .error("OSError: [Errno 51]")),
    .init(
      "a zip bomb", "import base64, zlib\nzlib.decompress(zlib.decompress(base64.b64decode('\(bomb)')))",
      .error("MemoryError")),
    .init(
      "open files", "import os\nf = [os.open('/tmp/open', os.O_RDWR | os.O_CREAT) for _ in range(10_000)]",
      .error("OSError: [Errno 33]")),
  ]

  /// Code, variables and values of strange shapes.
  static let shapes: [HostileCase] = [
    .init(
      "a NUL in the code", "1\u{0}2", .error("SyntaxError: source code string cannot contain null bytes")),
    .init(
      "4 MB of code",
      String(repeating: "x = 1\n", count: 10_000) + "x = '" + String(repeating: "a", count: 4 << 20)
        + "'\nlen(x)", .value("4194304")),
    .init(
      "one line of 1 MB", "x = '" + String(repeating: "a", count: 1 << 20) + "'\nlen(x)", .value("1048576")),
    .init("lone surrogates come out replaced", "'\\ud800'", .value("'\\ud800'")),
    .init("a lone surrogate is printed", "print('\\ud800')", .error("UnicodeEncodeError")),
    .init(
      "escapes come out as they are", "print('\\x1b]0;title\\x07\\x1b[2J')\n1", .value("1"),
      stdout: "\u{1B}]0;title\u{7}\u{1B}[2J\n"),
    .init(
      "variables that hide builtins", "print(len)\n1", .error("TypeError: 'int' object is not callable"),
      globals: #"{"print": 1}"#),
    .init("no builtins", "len([])", .error(""), globals: #"{"__builtins__": {}}"#),
    .init("another name", "__name__", .value("'__main__'"), globals: #"{"__name__": "evil"}"#),
    .init(
      "a variable that is no name", "globals()['not a name']", .value("7"), globals: #"{"not a name": 7}"#),
    .init("an empty name", "globals()['']", .value("7"), globals: #"{"": 7}"#),
    .init(
      "variables that are too deep", "1", .error("RecursionError: Stack overflow"),
      globals: "{\"x\":" + String(repeating: "[", count: 50_000) + String(repeating: "]", count: 50_000) + "}"
    ),
    .init("large numbers", "x", .value("inf"), globals: #"{"x": 1e400}"#),
    .init("variables that are no object", "1", .error(""), globals: "[1]"),
    .init("variables that are no JSON", "1", .error("json.decoder.JSONDecodeError"), globals: "{"),
    .init("an error without a message", "raise BaseException", .error("BaseException")),
    .init(
      "an error that is no text", "class E(Exception):\n  def __str__(self): raise E()\nraise E()",
      .error("E: <exception str() failed>")),
    .init(
      "a value whose repr fails", "class A:\n  def __repr__(self): raise ValueError('no')\nA()", .error("")),
    .init(
      "a string that lies",
      "class S(str):\n  def __str__(self): return 'lie'\n  def __repr__(self): return 'lie'\nS('truth')",
      .value("lie")),
  ]
}
