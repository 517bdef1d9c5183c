# --- methods
s = "  Hello, World  "
print(s.strip().lower(), s.title(), s.swapcase(), sep="|")
print("a-b-c".split("-", 1), "a b\tc\n".split(), "abc".partition("b"), "x=y=z".rpartition("="))
"abc".center(9, "*"), "7".zfill(3), "abc".ljust(5, ".")

# --- predicates
[f(x) for f in (str.isalpha, str.isdigit, str.isidentifier, str.isspace) for x in ("a", "5", " ", "", "²")]

# --- translate
table = str.maketrans("abc", "xyz", "-")
"a-b-c-d".translate(table)

# --- prefixes
"test_name.py".removeprefix("test_").removesuffix(".py")

# --- format-spec
"{:>8.2f}|{:<6}|{:^7}|{:+d}|{:#x}|{:,}|{:e}|{:%}".format(3.14159, "ab", "mid", 5, 255, 1234567, 12345.678, 0.25)

# --- format-nested
width, value = 12, {"key": [1, 2]}
print("{0[key][1]:>{1}}".format(value, width))
f"{width=} {value['key']!r:>10} {width * 2:0{5}d}"

# --- percent-format
"%s %r %5.1f %-5d| %x %o %%" % ("a", "b", 2.25, 3, 255, 8)

# --- percent-format-dict
"%(a)s is %(b)03d" % {"a": "x", "b": 7}

# --- fstring-nested-quotes
d = {"k": "v"}
f"{d["k"]} {f"{1 + 1}"} {'\n'.join(["a", "b"])!r}"

# --- fstring-debug
x = 5
y = "a"
f"{x = }, {y=!s}, {x + 1 = :>5}"

# --- template-parts
name, n = "world", 3
template = t"Hi {name!r:>8}, {n + 1}!"
print(type(template).__name__, template.strings, template.values)
[(i.expression, i.conversion, i.format_spec) for i in template.interpolations]

# --- template-render
from string.templatelib import Interpolation, Template

def upper(template):
    return "".join(p if isinstance(p, str) else str(p.value).upper() for p in template)

who = "ann"
upper(t"dear {who}, {1 + 1}")

# --- string-template
from string import Template
t = Template("$who likes ${what}, $$5")
print(t.substitute(who="tim", what="tea"))
print(t.safe_substitute(who="tim"))
t.substitute(who="x")

# --- string-constants
import string
[string.ascii_lowercase, string.digits, string.punctuation, string.capwords("a bc  d")]

# --- string-formatter
import string

class Upper(string.Formatter):
    def convert_field(self, value, conversion):
        return value.upper() if conversion == "u" else super().convert_field(value, conversion)

Upper().format("{0!u} {1}", "abc", 5)

# --- encode-decode
text = "Grüße 日本 🐍"
print([len(text.encode(c)) for c in ("utf-8", "utf-16", "utf-32")])
print(text.encode("ascii", "xmlcharrefreplace"), text.encode("latin-1", "replace"))
"caf\xe9".encode("cp1252").decode("latin-1")

# --- decode-handlers
b = b"a\xffb\xc3"
[b.decode("utf-8", h) for h in ("replace", "ignore", "backslashreplace")]

# --- surrogateescape
raw = b"\x80abc"
s = raw.decode("utf-8", "surrogateescape")
print(ascii(s), s.encode("utf-8", "surrogateescape") == raw)

# --- unicode-normal
import unicodedata as u
print([len(u.normalize(f, "é\ufb01")) for f in ("NFC", "NFD", "NFKC", "NFKD")])
[u.name("€"), u.category("A"), u.lookup("SNOWMAN"), u.numeric("½"), u.bidirectional("א"), u.east_asian_width("日")]

# --- casefold
["ß".casefold(), "İ".lower(), "ŉ".upper(), "ǆ".title(), "Σ".lower()]

# --- graphemes
"👩‍👩‍👧"[::-1], len("👩‍👩‍👧"), "a\u0301".upper()

# --- ord-chr
print([hex(ord(c)) for c in "aä€🐍"], chr(0x1F40D))
chr(0x110000)

# --- textwrap
import textwrap
text = "The quick brown fox jumps over the lazy dog. " * 2
print(textwrap.fill(text, 30, initial_indent="* ", subsequent_indent="  "))
print(textwrap.shorten(text, 25), textwrap.indent("a\n\nb", "> "), sep="\n")
textwrap.dedent("""
    one
      two
    three""")

# --- re-basics
import re
text = "Ann: 23, Bob: 45; Cy: 7"
print(re.findall(r"(\w+): (\d+)", text), re.split(r"[,;]\s*", text))
print(re.sub(r"\d+", lambda m: str(int(m[0]) + 1), text), re.subn("o", "0", "foo"))
re.fullmatch(r"(?P<a>x+)(?P<b>y?)", "xx").groupdict()

# --- re-groups
import re
m = re.search(r"(?P<year>\d{4})-(?P<month>\d\d)", "on 2026-11-28")
print(m.span(), m.groups(), m["year"], m.lastgroup, m.expand(r"\g<month>/\1"))
m

# --- re-flags
import re
print(re.findall(r"(?im)^a.", "ab\nAC\nxa"), re.findall(r"a.b", "a\nb", re.S))
re.compile(r"""
    \d+  # digits
    \s*
""", re.X | re.I)

# --- re-lookaround
import re
re.findall(r"(?<=\$)\d+(?!\d*%)", "$15 $20% 30"), re.sub(r"(?<!^)(?=[A-Z])", "_", "camelCaseName").lower()

# --- re-possessive
import re
[re.match(r"a*+a", "aaa"), re.match(r"(?>a+)b", "aab")]

# --- re-error
import re
re.compile("(a")

# --- re-groups-error
import re
re.match("a", "a").group(2)

# --- re-bytes-and-str
import re
re.findall(b"a", "a")

# --- re-scanner
import re
scanner = re.Scanner([(r"\d+", lambda s, t: int(t)), (r"[+*]", lambda s, t: t), (r"\s+", None)])
scanner.scan("12 + 3 * x")

# --- re-debug
import re
re.compile(r"a[bc]+d?", re.DEBUG)

# --- difflib
import difflib
print("".join(difflib.unified_diff(["a\n", "b\n"], ["a\n", "c\n"], "old", "new")))
print(difflib.get_close_matches("appel", ["ape", "apple", "peach"]))
round(difflib.SequenceMatcher(None, "abcd", "bcde").ratio(), 3)

# --- html
import html
html.escape('<a href="x">&\'</a>'), html.unescape("&lt;&eacute;&#8364;&amp;&nosuch;")

# --- html-parser
from html.parser import HTMLParser

class P(HTMLParser):
    def handle_starttag(self, tag, attrs):
        print("start", tag, attrs)

    def handle_data(self, data):
        print("data", repr(data))

    def handle_endtag(self, tag):
        print("end", tag)

P().feed("<p class='a'>Hi <b>there</b>&amp;</p><br/>")

# --- shlex
import shlex
print(shlex.split("a 'b c' \"d e\" f\\ g # x", comments=True), shlex.quote("it's"), shlex.join(["a b", "c"]))
shlex.split("'open")

# --- fnmatch
import fnmatch
fnmatch.filter(["a.py", "b.txt", ".c.py"], "*.py"), fnmatch.translate("a?[!b]*")

# --- codecs
import codecs
print(codecs.encode("Hello", "rot13"), codecs.encode(b"hi", "hex"), codecs.lookup("utf8").name)
decoder = codecs.getincrementaldecoder("utf-8")()
[decoder.decode(b"\xe2\x82"), decoder.decode(b"\xac")]

# --- unknown-codec
"x".encode("no-such-codec")

# --- cjk-codec
"日本語".encode("shift_jis"), "日本語".encode("euc-jp"), b"\xc4\xe3\xba\xc3".decode("gbk")

# --- punycode
"bücher.example".encode("idna"), "ü".encode("punycode")

# --- locale
import locale
print(locale.localeconv()["decimal_point"], locale.getlocale())
locale.format_string("%.2f", 1234.5, grouping=True), locale.strxfrm("a") < locale.strxfrm("b")

# --- locale-unknown
import locale
locale.setlocale(locale.LC_ALL, "xx_XX")

# --- gettext
import gettext
gettext.gettext("untranslated"), gettext.ngettext("one", "many", 2)

# --- string-repr
print(repr("a\tb\\c'd\"e\x7f\u200b\U0001f40d"), ascii("ä🐍"))

# --- bytes-methods
b = b"Hello World"
print(b.hex(" "), bytes.fromhex("48 49"), b.find(b"o"), b.replace(b"l", b"L"), b[0], b[1:3])
b % () if False else b"%d-%s" % (5, b"x")

# --- bytes-concat-error
b"a" + "b"

# --- bytearray-ops
a = bytearray(b"abcdef")
a[1:3] = b"XY"
del a[0]
a.extend(b"!")
a.reverse()
a

# --- memoryview-ops
m = memoryview(bytearray(range(12))).cast("B", shape=[3, 4])
print(m.shape, m.strides, m[1, 2], m.tolist(), m.readonly, m.nbytes)

# --- int-text
[int("0x1F", 16), int("-0b11", 0), int("1_000"), int("٣"), f"{255:b} {255:o} {255:X} {10**20:_}"]

# --- int-str-limit
str(10 ** 5000)

# --- splitlines
"a\nb\r\nc\x0bd\u2028e".splitlines(), "a\n".splitlines(True)

# --- expandtabs
"a\tbc\td".expandtabs(4), "x".join("abc"), "abc" * 0, "b" in "abc"

# --- string-comparison
sorted(["b", "A", "a", "ä", "Z", "é"]), max("abc"), "abc" < "abd"

# --- textwrap-unicode
import textwrap
textwrap.wrap("äöü 日本語 " * 3, 8)

# --- stringprep-and-readline
import stringprep
stringprep.in_table_a1("\u0221"), stringprep.map_table_b2("ß")

# --- reprlib
import reprlib
r = reprlib.Repr(maxlist=2, maxstring=10)
print(r.repr([1, 2, 3, 4]), r.repr("x" * 50), reprlib.repr(set(range(20))))

# --- pprint
import pprint
pprint.pprint({"b": list(range(25)), "a": {"nested": "x" * 30, "other": ["y" * 30] * 2}}, width=60)
pprint.pformat([{"k": (1, 2)}], depth=1)

# --- pprint-dataclass
import dataclasses
import pprint

@dataclasses.dataclass
class Long:
    first: str = "a" * 40
    second: list = dataclasses.field(default_factory=lambda: ["b" * 30] * 2)

pprint.pp(Long())
