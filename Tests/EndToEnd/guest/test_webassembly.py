"""The bytes of WebAssembly in the guest's sources are those of the text that stands above them."""

import re

import pytest
import wasmtime

from .test_lists import GUEST

COMMENT = re.compile(r"/\*\*((?:(?!\*/).)*)\*/\nconst CODE =\n([^;]*);", re.DOTALL)
NAMES = bytes([0])
"""A section with names follows the code. It begins with this, as each that means nothing to the code."""


@pytest.mark.parametrize("source", ["heapscan.ts", "pagesums.ts"])
def test_the_bytes_are_those_of_the_text(source):
    comment, literals = COMMENT.search((GUEST / "state" / source).read_text()).groups()
    text = "\n".join(line.removeprefix(" *") for line in comment[comment.index("(module") :].splitlines())
    code = bytes.fromhex("".join(re.findall(r'"(\w+)"', literals)))
    assembled = bytes(wasmtime.wat2wasm(text))
    assert assembled[: len(code)] == code
    assert assembled[len(code) :].startswith(NAMES)
    # A text that differs a little makes other bytes.
    other = re.sub(r"\(i32\.const ([48])\)", "(i32.const 9)", text, count=1)
    assert bytes(wasmtime.wat2wasm(other))[: len(code)] != code
