"""Comments are sentences with a subject, or nouns with an article; each lock and actor says what it guards."""

import ast
import io
import pathlib
import re
import tokenize
from collections.abc import Callable

import pytest

from .pages import ROOT

SUFFIXES = {".swift", ".h", ".c", ".ts", ".py"}


def rooms(of: str) -> list[pathlib.Path]:
    """The folders of a part of the repository that have code with comments."""
    folders = sorted(folder for folder in (ROOT / of).iterdir() if folder.is_dir())
    return [folder for folder in folders if any(f.suffix in SUFFIXES for f in folder.rglob("*"))]


SOURCES = [folder for folder in rooms("Sources") if folder.name not in ("CEdit", "CZlib")]
"""The rooms but for those that only name a library of the system."""
ALL = [*SOURCES, ROOT / "Tests", ROOT / ".ci", ROOT / "demos"]

PROGRAMS = ROOT / "Tests/Differential/programs"
"""The data of a test: its programs are no code of ours."""

COMMENT = re.compile(r"^\s*//[/:;]? ?(.*)")
"""In the form of Swift `//:` begins another comment, and `//;` is one behind code, which does not go on."""
ITEM = re.compile(r"^\s*- (?:(?:Parameter )?\w+: *)?")
BEGINNINGS = ("What", "Whether", "Of", "As", "How", "Where", "Which", "Why")
FRAGMENT = re.compile(rf"^({'|'.join(BEGINNINGS)})\b", re.IGNORECASE)
LONGEST = 20
"""The most words of a sentence, but for what stands in brackets or is code."""


def lines(folder: pathlib.Path) -> list[tuple[pathlib.Path, list[str]]]:
    """The lines of each file. Comments of TypeScript and Python get the form of Swift's, and their code goes."""
    readers = {"swift": str.splitlines, "h": str.splitlines, "c": str.splitlines, "ts": typescript, "py": python}
    found = {file: read for ending, read in readers.items() for file in folder.rglob(f"*.{ending}")}
    found |= {file: read for file in folder.rglob("*") if (read := script(file))}
    files = sorted(file for file in found if not file.is_relative_to(PROGRAMS))
    assert files, folder
    return [(file, found[file](file.read_text(encoding="utf-8"))) for file in files]


def script(file: pathlib.Path) -> Callable[[str], list[str]] | None:
    """The reader for an executable without an ending, by its first line."""
    if file.suffix or not file.is_file():
        return None
    with file.open("rb") as opened:
        first = opened.readline()
    return {b"#!/usr/bin/env python3\n": python, b"#!/usr/bin/env bash\n": shell}.get(first)


def shell(text: str) -> list[str]:
    """Comments alone in their line; a line that is set in, such as one of a table, goes."""
    found = (re.match(r"\s*#(?!!)( ?)(?! )(.*)", line) for line in text.splitlines())
    return [f"// {match[2]}" if match else "" for match in found]


def typescript(text: str) -> list[str]:
    found = []
    is_block = False
    for line in text.splitlines():
        begins = re.match(r"\s*/\*\*? ?(.*)", line)
        trailing = re.match(r"""((?:[^"'`/]|"[^"]*"|'[^']*'|`[^`]*`|/(?!/))*)//(?!/) ?(.*)""", line)
        if begins or is_block:
            content = begins[1] if begins else re.sub(r"^\s*\*(?!/) ?", "", line)
            is_block = "*/" not in line
            found.append(("//: " if begins else "/// ") + tagged(re.sub(r"\s*\*/.*", "", content)))
        elif trailing and not trailing[2].startswith(("deno-lint-ignore", "@ts-")):
            found.append(("//; " if trailing[1].strip() else "// ") + trailing[2])
        else:
            found.append("")
    return found


def tagged(content: str) -> str:
    """A line of a JSDoc comment; an example of code, which is indented, goes."""
    if content.startswith("    "):
        return ""
    return re.sub(r"^@(?:param (?:\w+, )*)?(\w+)\b *", r"- \1: ", content)


def python(text: str) -> list[str]:
    found = [""] * len(text.splitlines())
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and not re.match(r"#!|# (noqa|type:)", token.string):
            is_alone = token.line.lstrip().startswith("#")
            found[token.start[0] - 1] = ("// " if is_alone else "//; ") + token.string.lstrip("# ")
    for node in ast.walk(ast.parse(text)):
        for string in docstrings(node):
            example = " " * (string.col_offset + 4)
            for number, line in enumerate(string.value.splitlines(), string.lineno - 1):
                found[number] = "" if line.startswith(example) else f"/// {line.strip()}"
    return found


def docstrings(node: ast.AST) -> list[ast.Constant]:
    """The strings that stand alone: docstrings, and those below a constant or a field."""
    body = getattr(node, "body", None)
    statements = body if isinstance(body, list) else []
    values = [statement.value for statement in statements if isinstance(statement, ast.Expr)]
    return [value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)]


def comments(text: list[str]) -> list[tuple[int, str]]:
    """Each paragraph and list item of a comment, with the line where it begins."""
    found: list[tuple[int, str]] = []
    goes_on = is_code = False
    for number, line in enumerate(text, 1):
        match = COMMENT.match(line)
        content = match[1].rstrip() if match else ""
        if content.startswith("```"):
            is_code = not is_code
        if not content or is_code or content.startswith("```"):
            goes_on = False
            is_code = is_code and match is not None
            continue
        item = ITEM.match(content)
        if goes_on and not item and not line.startswith(("//:", "//;")):
            found[-1] = (found[-1][0], f"{found[-1][1]} {content.strip()}")
        else:
            found.append((number, content[item.end() :] if item else content))
        goes_on = not line.startswith("//;")
    return [(number, words) for number, words in found if words]


def too_long(paragraph: str) -> list[str]:
    plain = re.sub(r"\([^()]*\)|``?[^`]*``?", "x", paragraph)
    return [sentence for sentence in re.split(r"(?<=[.;:!?])\s+", plain) if len(sentence.split()) > LONGEST]


@pytest.mark.parametrize("folder", ALL, ids=lambda folder: folder.name)
def test_no_comment_is_a_fragment(folder):
    assert not [
        f"{file.relative_to(ROOT)}:{number}: {words}"
        for file, text in lines(folder)
        for number, words in comments(text)
        if FRAGMENT.match(words)
    ]


@pytest.mark.parametrize("folder", ALL, ids=lambda folder: folder.name)
def test_no_sentence_is_too_long(folder):
    assert not [
        f"{file.relative_to(ROOT)}:{number}: {sentence}"
        for file, text in lines(folder)
        for number, words in comments(text)
        for sentence in too_long(words)
    ]


LOCK = re.compile(
    r"^\s*(?:[\w()]+ )*(?:let|var) \w+(?::| =) (?:\w+\.)*"
    r"(?:Mutex|NIOLock(?:edValueBox)?|NSLock|OSAllocatedUnfairLock)\b"
    r"|^(?:static )?pthread_mutex_t "
)
UNCHECKED = re.compile(r"^\s*(?:\w+ )*class \w+: .*@unchecked Sendable")
ACTOR = re.compile(r"^\s*(?:\w+ )*actor \w+")
GUARDS = re.compile(r"\bguards\b.* from\b|\bno lock\b", re.IGNORECASE)
TYPE = re.compile(r"^\s*(?:@\w+ |\w+ )*(?:actor|class|struct|enum) \w+[^=]*\{$")


def above(text: list[str], number: int) -> str:
    """The comment right above a line."""
    found: list[str] = []
    while number > 0 and (match := COMMENT.match(text[number - 1])):
        found.insert(0, match[1])
        number -= 1
    return " ".join(found)


def reason(text: list[str], number: int) -> str:
    """The comment of a lock, or else of the type that has it, which is indented less."""
    depth = len(text[number]) - len(text[number].lstrip())
    for owner in range(number, -1, -1):
        indentation = len(text[owner]) - len(text[owner].lstrip())
        if owner == number or (TYPE.match(text[owner]) and indentation < depth):
            if comment := above(text, owner):
                if GUARDS.search(comment):
                    return comment
            if owner != number:
                return comment
    return ""


def unexplained(text: list[str]) -> list[tuple[int, str]]:
    """The locks and actors that do not say what they guard and from whom, and unchecked types without a reason."""
    missing = []
    for number, line in enumerate(text):
        if LOCK.match(line) or ACTOR.match(line):
            if not GUARDS.search(words := reason(text, number)):
                missing.append((number + 1, words))
        elif UNCHECKED.match(line) and "check is off because" not in (words := above(text, number)):
            missing.append((number + 1, words))
    return missing


@pytest.mark.parametrize("folder", SOURCES, ids=lambda folder: folder.name)
def test_each_lock_and_actor_says_what_it_guards(folder):
    assert not [
        f"{file.relative_to(ROOT)}:{number}: {words}"
        for file, text in lines(folder)
        for number, words in unexplained(text)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "  private let state = Mutex(State())",
        "  private let state: Mutex<Int>",
        "  static let state = Synchronization.Mutex<[Int]>([])",
        "  let box: NIOLockedValueBox<Int>",
        "  private(set) var lock = NIOLock()",
        "static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;",
        "public actor Pool: Source {",
        "private final class Source: @unchecked Sendable {",
    ],
)
def test_an_unexplained_lock_is_found(line):
    assert unexplained(["", line]) == [(2, "")]
    assert unexplained(["/// The state of all.", line])
    assert unexplained(["/// Guards the state.", line])
    explanation = "The check is off because one task uses it. It guards the state from the readers."
    assert not unexplained([f"/// {explanation}", line])


def test_a_lock_may_be_explained_by_its_type():
    field = "  private let state = Mutex(State())"
    assert not unexplained(["/// The lock guards the list from all tasks.", "final class List {", field])
    assert unexplained(["/// The lock guards the list from all tasks.", "final class List {}", "class Other {", field])


@pytest.mark.parametrize("begins", BEGINNINGS)
@pytest.mark.parametrize("sign", ["///", "//", "/// - Parameter x:", "///   - x:", "/// - Returns:"])
def test_fragments_are_found(begins, sign):
    (found,) = [words for _, words in comments(["let a = 1", f"  {sign} {begins} it is."])]
    assert FRAGMENT.match(found)


def test_long_sentences_are_found():
    assert too_long("A " + "word " * 20 + "ends.")
    assert not too_long("A " + "word " * 18 + "ends. " + "A " + "word " * 17 + "ends (2026-07-28, Versioning, Eras).")


TYPESCRIPT = """\
// First, on
// two lines.
const a = "// no comment"; // Second.
/** Third. */
/**
 * Fourth.
 *
 *     (module)
 *
 * @param a, b fifth
 * @returns sixth
 */
// deno-lint-ignore no-explicit-any
const url = `http://a`;
"""

PYTHON = """\
#!/usr/bin/env python3
'''First.

Second, on
two lines.

    example
'''
a = "# no comment"  # Third.
# Fourth.
def f():
    "Fifth."
    return 1  # noqa: E501
"""


def test_comments_of_typescript_are_found():
    assert [words for _, words in comments(typescript(TYPESCRIPT))] == [
        "First, on two lines.", "Second.", "Third.", "Fourth.", "fifth", "sixth",
    ]  # fmt: skip


def test_comments_of_python_are_found():
    assert [words for _, words in comments(python(PYTHON))] == [
        "First.", "Second, on two lines.", "Third.", "Fourth.", "Fifth.",
    ]  # fmt: skip
