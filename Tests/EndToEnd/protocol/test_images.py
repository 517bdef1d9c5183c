"""The pictures that a run shows come after its text, which stays the same."""

import base64
import json
import struct

import pytest
from support import product
from support.conversation import MODERN
from support.peer import INFO, success
from support.product import PATIENCE

DEPS = ("--deps", "matplotlib,pandas")
SIGNATURE = b"\x89PNG\r\n\x1a\n"
PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 4, 9])\n"
LIMIT = "at most 16 are sent, 4 MiB each and 8 MiB together, as PNG."


@pytest.fixture(scope="module", autouse=True)
def packages():
    """Installs them first: that may take longer than a test waits for an answer."""
    result = product.run("install", *DEPS, timeout=10 * PATIENCE)
    assert result.returncode == 0, result.stderr


@pytest.fixture
def plotter(start):
    return start(*DEPS)


def show(peer, code, **options):
    """The text and the pictures' sizes of a call."""
    answer = peer.answer(peer.start_call(code, **options))
    first, *rest = answer["result"]["content"]
    assert first["type"] == "text"
    return first["text"], [size(content) for content in rest]


def size(content):
    assert set(content) == {"type", "mimeType", "data"}
    assert (content["type"], content["mimeType"]) == ("image", "image/png")
    data = base64.b64decode(content["data"], validate=True)
    assert data.startswith(SIGNATURE)
    return struct.unpack(">II", data[16:24])


def picture(width, height):
    return f"from PIL import Image\nImage.new('RGB', ({width}, {height}), 'navy')"


@pytest.mark.parametrize("revision", ["2024-11-05", "2025-11-25", MODERN])
def test_an_open_figure_is_shown_at_the_end(start, revision):
    text, sizes = show(start(*DEPS, revision=revision), PLOT + "7")
    assert text == success("7")
    [(width, height)] = sizes
    assert 300 < width < 700 and 200 < height < 500


def test_figures_are_shown_once_in_their_order(plotter):
    code = """
import matplotlib.pyplot as plt
for width in (3, 4, 5):
    plt.figure(figsize=(width, 2))
    plt.plot([1, 2])
    if width == 4:
        plt.show()
        print(plt.get_fignums())
"""
    text, sizes = show(plotter, code)
    assert text == success(output="[]")
    widths = [width for width, _ in sizes]
    assert len(widths) == 3 and widths == sorted(widths)
    # Nothing of it is left for the next run.
    assert show(plotter, PLOT + "plt.get_fignums()") == (success("[\n  1\n]"), [sizes_of_plot(plotter)])
    assert show(plotter, "1") == (success("1"), [])


def sizes_of_plot(plotter):
    [size] = show(plotter, PLOT)[1]
    return size


def test_a_figure_as_value_is_shown_once(plotter):
    for close in ("", "plt.close()\n"):
        text, sizes = show(plotter, PLOT + f"fig = plt.gcf()\n{close}fig")
        assert "Figure size 640x480" in text
        assert len(sizes) == 1


def test_a_closed_figure_and_an_empty_one_are_not_shown(plotter):
    assert show(plotter, PLOT + "plt.close()")[1] == []
    assert show(plotter, "import matplotlib.pyplot as plt\nplt.figure()\nNone") == (success(), [])


def test_pictures_as_values(plotter):
    text, sizes = show(plotter, picture(30, 20))
    assert "PIL.Image.Image" in text and sizes == [(30, 20)]
    code = """
import base64, io
from PIL import Image
file = io.BytesIO()
Image.new('L', (7, 9)).save(file, 'PNG')
class Own:
    def {}
Own()"""
    for method in (
        "_repr_png_(self): return file.getvalue()",
        "_repr_png_(self): return file.getvalue(), {'width': 7}",
        "_repr_mimebundle_(self, include=None, exclude=None): return {'image/png': file.getvalue(), 'text/plain': ''}",
        "_repr_mimebundle_(self, **_): return {'image/png': base64.b64encode(file.getvalue()).decode()}, {}",
    ):
        assert show(plotter, code.format(method))[1] == [(7, 9)], method
    for method in ("_repr_png_(self): return None", "_repr_mimebundle_(self, **_): return {'text/html': ''}"):
        text, sizes = show(plotter, code.format(method))
        assert sizes == [] and "notice" not in text


def test_what_the_code_drew_before_an_error_is_shown(plotter):
    text, sizes = show(plotter, PLOT + "1 / 0")
    assert "ZeroDivisionError" in text and "notice" not in text
    assert len(sizes) == 1


def test_a_picture_that_cannot_be_drawn_is_a_notice(plotter):
    text, sizes = show(plotter, PLOT + "plt.title(r'$\\frac$')\n3")
    assert text.startswith(success("3"))
    assert "An image could not be drawn (ValueError: " in text
    assert sizes == []
    text, sizes = show(plotter, "class Bad:\n    def _repr_png_(self): raise KeyError('</notice>')\nBad()")
    assert text.endswith("\n<notice>\nAn image could not be drawn (KeyError: '&lt;/notice&gt;').\n</notice>")


def test_pictures_have_limits(plotter):
    code = "import os\nfrom PIL import Image\nImage.frombytes('RGB', (1500, 1500), os.urandom(6750000))"
    text, sizes = show(plotter, code)
    assert f"1 image was dropped: {LIMIT}" in text and sizes == []
    code = "import matplotlib.pyplot as plt\nfor _ in range(18):\n    plt.figure(figsize=(1, 1)).text(0, 0, 'a')"
    text, sizes = show(plotter, code.replace("figure(", "figure(dpi=30, "))
    assert f"2 images were dropped: {LIMIT}" in text and len(sizes) == 16


def test_the_guests_own_way_to_the_host_takes_pngs_only(plotter):
    code = """
import _mcp_run_python as host
host.image('AAAA')
host.image('iVBORw0KGgo=')
host.image('x' * 6_000_000)
host.image(5)
for _ in range(10_000): host.image('')"""
    text, sizes = show(plotter, code)
    assert f"10004 images were dropped: {LIMIT}" in text and sizes == []


def test_logs_know_no_pictures_unless_they_are_asked_for(plotter):
    plotter.ask("logging/setLevel", {"level": "debug"})
    show(plotter, PLOT + "print('drawn')\nplt.show()")
    said = [m["params"] for _, m in plotter.messages if m.get("method") == "notifications/message"]
    assert [m["data"] for m in said if m["logger"] not in ("install",)] == ["drawn"]


def test_show_is_seen_while_the_code_runs(start):
    """A client that asks for it gets a picture at once, between what is printed before and after."""
    plotter = start(*DEPS, greet=False)
    params = {"protocolVersion": plotter.revision, "capabilities": {"elicitation": {}}, "clientInfo": INFO}
    plotter.ask("initialize", params)
    plotter.notify("notifications/initialized")
    plotter.ask("logging/setLevel", {"level": "info"})
    code = PLOT + "print('before', end='')\nplt.show()\nprint('after')\ninput('Seen? ')\nNone"
    arguments = {"name": "run_python_code", "arguments": {"python_code": code}}
    id = plotter.request("tools/call", arguments | {"_meta": {"mcp-run-python/images": True}})
    _, image = plotter.wait(lambda m: m.get("params", {}).get("logger") == "image", "a picture")
    # The code goes on only when it has been seen.
    _, question = plotter.wait(lambda m: m.get("method") == "elicitation/create", "the question")
    content = {"action": "accept", "content": {"value": "Yes"}}
    plotter.send({"jsonrpc": "2.0", "id": question["id"], "result": content})
    answer = plotter.answer(id)
    assert image["params"]["level"] == "info"
    assert image["params"]["data"] == {k: v for k, v in answer["result"]["content"][1].items() if k != "type"}
    said = [m["params"] for _, m in plotter.messages if m.get("method") == "notifications/message"]
    assert [m["logger"] for m in said] == ["stdout", "image", "stdout"]
    assert [said[0]["data"], said[2]["data"]] == ["before", "after"]


def test_a_figure_is_drawn_for_cells_where_a_call_wants_it(start):
    """The drawing comes beside the image, which stays as it is."""
    plotter = start(*DEPS, greet=False)
    params = {"protocolVersion": plotter.revision, "capabilities": {}, "clientInfo": INFO}
    plotter.ask("initialize", params)
    plotter.notify("notifications/initialized")
    plotter.ask("logging/setLevel", {"level": "info"})
    labels = "t = plt.title(r'$x^2$ in \\$')\ny = plt.ylabel('euro')\nplt.show()"

    def images(meta):
        arguments = {"name": "run_python_code", "arguments": {"python_code": PLOT + labels}}
        before = len(plotter.messages)
        result = plotter.answer(plotter.request("tools/call", arguments | {"_meta": meta}))["result"]
        shown = [m["params"] for _, m in plotter.messages[before:] if m.get("params", {}).get("logger") == "image"]
        return [image["data"] for image in shown], [content["data"] for content in result["content"][1:]]

    cells = {"columns": 80, "rows": 20}
    [(with_drawing,), (png,)] = images({"mcp-run-python/images": True, "mcp-run-python/figures": cells})
    [(without,), (other,)] = images({"mcp-run-python/images": True})
    assert set(without) == {"mimeType", "data"} and png == other == without["data"] == with_drawing["data"]
    drawing = json.loads(with_drawing["drawing"])
    assert (drawing["columns"], drawing["rows"]) == (71, 20)
    picture = base64.b64decode(drawing["picture"], validate=True)
    assert struct.unpack(">II", picture[16:24]) == (71 * 6, 20 * 12)
    texts = {text: (x, y, vertical) for x, y, _, vertical, text, *_ in drawing["texts"]}
    assert {"x² in $", "euro", "0.00", "2.00"} <= set(texts)
    assert texts["euro"][2] and not texts["0.00"][2]
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y, _ in texts.values())
    # A size that is none wants nothing.
    for wrong in ({"columns": 0, "rows": 20}, {"columns": 80}, "80x20", 3):
        [(image,), _] = images({"mcp-run-python/images": True, "mcp-run-python/figures": wrong})
        assert "drawing" not in image


WIDE = "import numpy as np, pandas as pd\nprint(pd.DataFrame(np.full((1, 20), 10**9)))\nprint(np.full(30, 10**6))"
SIZE = "import shutil\nshutil.get_terminal_size().columns"


def test_tables_are_as_wide_as_the_console_only_where_a_call_says_so(plotter):
    def call(code, columns):
        meta = {"_meta": {"mcp-run-python/columns": columns}} if columns else {}
        id = plotter.request("tools/call", {"name": "run_python_code", "arguments": {"python_code": code}} | meta)
        return plotter.answer(id)["result"]["structuredContent"]

    plain = call(WIDE, None)["output"]
    assert max(map(len, plain)) <= 80
    for columns in (200, 70):
        lines = call(WIDE, columns)["output"]
        assert columns - 15 < max(map(len, lines)) <= columns
        assert call(SIZE, columns)["return_value"] == columns
