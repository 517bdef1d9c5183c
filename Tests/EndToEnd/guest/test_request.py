"""The guest finds the end of a request that `http.client` sends piece by piece."""

import importlib.util
import pathlib
import random
import sys
import types

import pytest

SOURCE = pathlib.Path(__file__).parents[3] / "Sources/PythonSandbox/Guest/python/fetching.py"


@pytest.fixture(scope="module")
def fetching():
    """The guest's module, without the guest's others."""
    others = {name: types.ModuleType(name) for name in ("_imports", "_mcp_run_python", "_waiting", "pyodide", "pyodide.ffi")}
    others["_imports"].when_imported = lambda *_: None
    others["pyodide.ffi"].to_js = None
    spec = importlib.util.spec_from_file_location("fetching", SOURCE)
    module = importlib.util.module_from_spec(spec)
    client = sys.modules.pop("http.client", None)  # the module would take it over
    sys.modules.update(others)
    try:
        spec.loader.exec_module(module)
    finally:
        for name in others:
            del sys.modules[name]
        if client:
            sys.modules["http.client"] = client
    return module


def whole_after(request, wire: bytes, pieces: random.Random) -> int:
    """Adds the bytes in pieces of any size; gives how many had been added when the request was whole."""
    place = 0
    while place < len(wire):
        size = pieces.randint(1, 7)
        is_whole = request.add(memoryview(wire)[place : place + size])
        place = min(place + size, len(wire))
        if is_whole:
            break
    return place


@pytest.mark.parametrize("seed", range(200))
def test_a_request_is_whole_with_its_last_byte(fetching, seed):
    random_ = random.Random(seed)
    # Bytes that a chunk's marks are made of.
    chunks = [bytes(random_.choices(b"0\r\n;a", k=random_.randint(1, 12))) for _ in range(random_.randint(0, 5))]
    body = b"".join(chunks)
    marked = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
    for headers, sent in ((b"Transfer-Encoding: chunked", marked), (b"content-length: %d" % len(body), body)):
        wire = b"POST /path?q HTTP/1.1\r\nX-Own: a: b\r\n%s\r\n\r\n%s" % (headers, sent)
        request = fetching.Request()
        assert whole_after(request, wire, random_) == len(wire)
        assert (request.method, request.target, request.body) == ("POST", "/path?q", body)
        assert request.headers[0] == ("X-Own", "a: b")


def test_a_request_without_a_body_ends_with_its_headers(fetching):
    request = fetching.Request()
    assert not request.add(b"GET / HTTP/1.1\r\n\r")
    assert request.add(b"\n")
    assert request.body == b""


def test_what_is_no_bytes_is_left_as_it_is(fetching):
    """`http.client` goes on with the parts of what it cannot send whole."""
    parts = iter([b"a", b"b"])
    with pytest.raises(TypeError):
        fetching.Request().add(parts)
    assert list(parts) == [b"a", b"b"]
