"""The examples of the page on the module run, and print what they say."""

import re

import pytest

from .conftest import ROOT

PAGE = ROOT / "Sources/python/Documentation.docc/PythonModule.md"
EXAMPLES = re.findall(r"^```py\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_there_are_examples():
    assert len(EXAMPLES) == 4


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example(program, tmp_path, monkeypatch, number):
    monkeypatch.chdir(tmp_path)
    expected = re.findall(r"#> (.*)", EXAMPLES[number])
    assert program(EXAMPLES[number]).splitlines() == expected
