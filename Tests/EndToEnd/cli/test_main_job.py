"""The main job of the product: pandas in the sandbox, asked through MCP, from the command line (issue 2)."""

from support import product

PIPED = "import pandas as pd\ndf = pd.DataFrame({\"a\":[1,2,3]})\ndf.describe()\nprint(df.a.sum())\n"
TABLE = """\
         a
count  3.0
mean   2.0
std    1.0
min    1.0
25%    1.5
50%    2.0
75%    2.5
max    3.0
6
"""


def test_pandas_piped_into_the_prompt():
    result = product.run("repl", "--deps", "pandas", stdin=PIPED)
    assert result.stdout == TABLE
    assert result.returncode == 0


def test_the_example_with_numpy():
    result = product.run("--deps", "numpy", "example")
    assert result.returncode == 0
    assert "numpy array: [1 2 3]" in result.stdout
    assert "<status>success</status>" in result.stdout


def test_the_example_without_numpy():
    result = product.run("example")
    assert result.returncode == 1
    assert "ModuleNotFoundError" in result.stdout


def test_the_example_as_json():
    result = product.run("example", "--deps=numpy", "--return-mode=json")
    assert result.stdout.splitlines()[-1].startswith('{"status":"success","output":["numpy array: [1 2 3]"]')
