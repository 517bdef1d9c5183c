"""The bytes of WebAssembly in `heapscan.ts` are those of the text that stands above them."""

import re

import wasmtime

from .test_lists import GUEST

SOURCE = (GUEST / "state/heapscan.ts").read_text()
COMMENT = re.compile(r"/\*\*((?:(?!\*/).)*)\*/\nconst CODE =\n([^;]*);", re.DOTALL)
NAMES = bytes([0])
"""A section with names follows the code. It begins with this, as each that means nothing to the code."""


def test_the_bytes_are_those_of_the_text():
    comment, literals = COMMENT.search(SOURCE).groups()
    text = "\n".join(line.removeprefix(" *") for line in comment[comment.index("(module") :].splitlines())
    code = bytes.fromhex("".join(re.findall(r'"(\w+)"', literals)))
    assembled = bytes(wasmtime.wat2wasm(text))
    assert assembled[: len(code)] == code
    assert assembled[len(code) :].startswith(NAMES)
    # A text that differs a little makes other bytes.
    other = text.replace("(i32.const 8)", "(i32.const 9)", 1)
    assert bytes(wasmtime.wat2wasm(other))[: len(code)] != code
