"""One word for one thing: a word that another one has replaced does not come back."""

import pathlib
import re

import pytest
from support import product

from .pages import PAGES, ROOT, name

RETIRED = {
    r"journey|(?<!time )(?<!time)travel": "session request; only the document is called time travel",
    r"\bsettle\(|\bfunc settle\b": "a verb that says what is done",
    r"\b(?:struct|class|actor|enum|protocol) Session\b": "Handshake, PythonSession, HTTPSession, Sessions",
    r"\b(?:struct|class|enum) (?:RunPythonServer|MCPRunPython)\b": "ToolServer, MainCommand",
    r"\bHostedConversation\b": "Conversation",
    r"\bopenExchange\b|\bExchangeStates\b": "LoneCall; an exchange is a request with its response",
    r"\bPacedTransport\b": "TappedTransport",
    r"\bSafeText\b": "VisibleText",
    r"\bEngine(?:Core|Mailbox)\b": "EditorCore, EditorMailbox",
    r"\bRunPythonArguments\b": "RunRequest",
    r"\bSessionCalls\b": "ToolClient",
    r"\bServerArguments\b": "ServerCommandLine",
    r"\bTraffic/Sessions\b": "Traffic/Traces",
    r"\bconst PAGE\b": "WASM_PAGE, PAGE_BYTES",
}
"""The words, as patterns, and those that replaced them. A pattern without capitals stands for all cases."""

SUFFIXES = {".swift", ".h", ".c", ".ts", ".py"}
HISTORY = ROOT / ".github/CHANGELOG.md"
SOURCES = [file for file in sorted((ROOT / "Sources").rglob("*")) if file.suffix in SUFFIXES]
TEXTS = [*SOURCES, *(page for page in PAGES if page != HISTORY)]


def retired(text: str) -> list[str]:
    """The retired words of a text, each with what to say."""
    return [
        f"{match[0]} → {word}"
        for pattern, word in RETIRED.items()
        for match in re.finditer(pattern, text, re.IGNORECASE if pattern.islower() else 0)
    ]


def where(file: pathlib.Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [f"{name(file)}:{number}: {word}" for number, line in enumerate(lines, 1) for word in retired(line)]


def test_no_retired_word_is_in_code_or_documents():
    assert len(SOURCES) > 300
    assert [found for file in TEXTS for found in where(file)] == []


def test_no_retired_word_is_in_a_path():
    assert [name(file) for file in TEXTS if retired(name(file))] == []


def test_no_retired_word_is_in_the_help():
    assert retired(product.run("--experimental-dump-help").stdout) == []


@pytest.mark.parametrize(
    "text",
    [
        "  var journey: Journey?",
        "mutating func travel(_ line: CommandLine)",
        "It travels back.",
        "  private func settle(runs: Int)",
        "sessions.settle(at: place)",
        "public struct Session: Sendable {",
        "public struct RunPythonServer: Conversation {",
        "struct MCPRunPython: AsyncParsableCommand {",
        "try await conversations.openExchange(opening: nil)",
        "const PAGE = 65536;",
    ],
)
def test_retired_words_are_found(text):
    assert retired(text)


@pytest.mark.parametrize(
    "text",
    ["[Time travel](TimeTravel.md)", "when((settle) => has(settle))", "actor PythonSession {", "const PAGES = 1"],
)
def test_other_words_are_left_alone(text):
    assert not retired(text)
