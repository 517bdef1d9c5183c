"""Code learns nothing of where the sandbox lies on the host, from Python or from JavaScript."""

from support import product

# Looks at all that can be reached from JavaScript's global object, Pyodide and the files' nodes, and at errors.
SEARCH = r'''
import js, pyodide_js, sys, traceback

found = []
seen = js.Map.new()

def look(where, text):
    if place in str(text): found.append((where, str(text)[:200]))

def walk(value, where, depth=0):
    if depth > 6 or getattr(value, "typeof", None) not in ("object", "function") or seen.has(value): return
    if js.ArrayBuffer.isView(value): return  # each byte would be a name
    seen.set(value, True)
    try:
        names = js.Object.getOwnPropertyNames(value)
    except Exception:
        return  # an object of Python's
    for name in names:
        try:
            inner = js.Object.getOwnPropertyDescriptor(value, name).value
        except Exception:
            continue
        if isinstance(inner, str): look(f"{where}.{name}", inner)
        else: walk(inner, f"{where}.{name}", depth + 1)

def trace(work):
    try:
        work()
    except BaseException as error:
        look(repr(error), traceback.format_exc())
        look(repr(error), getattr(getattr(error, "js_error", error), "stack", ""))

walk(js.globalThis.valueOf(), "globalThis")
walk(pyodide_js, "pyodide_js")
FS = pyodide_js.FS
for path in ("/", "/site", "/lib", sys.executable, sys.prefix):
    try:
        walk(FS.lookupPath(path).node, path, 3)
    except Exception:
        pass  # not every name is a file's
look("sys.path", sys.path)
look("files", [getattr(module, "__file__", "") for module in list(sys.modules.values())])
look("environment", dict(__import__("os").environ))
traces = [js.Error.new("x").stack, js.DOMException.new("x").stack]
look("traces", traces)
trace(lambda: js.JSON.parse("{"))
trace(lambda: FS.readFile("/nope"))
trace(lambda: FS.open("/site/nope", "w"))
trace(lambda: js.eval("1"))
trace(lambda: pyodide_js.runPython("1/0"))
trace(lambda: js.Reflect.construct(js.Error, 1))
for make in (js.Request.new, js.Request.prototype.constructor.new, js.Response.redirect, js.WebSocket.new, js.URL.new):
    try:
        made = make("nope")
        look("address", made.url)
        look("address", made.headers.get("location"))
    except BaseException as error:
        look(repr(error), traceback.format_exc())
for work in (lambda: js.fetch("nope"), lambda: js.fetch(js.Object.new()), lambda: js.fetch("file:///nope"), lambda: pyodide_js.loadPackage("numpy"),
             lambda: js.WebAssembly.compile(js.Uint8Array.new(3))):
    try:
        await work()
    except BaseException as error:
        look(repr(error), traceback.format_exc())
        look(repr(error), getattr(getattr(error, "js_error", error), "stack", ""))
(found, ["    at " in text for text in traces], seen.size > 300)
'''


def test_no_path_of_the_host_is_seen(start):
    peer = start("--state", "keep", "--deps", "numpy")
    arguments = {"python_code": SEARCH, "global_variables": {"place": str(product.CACHE)}}
    answer = peer.ask("tools/call", {"name": "run_python_code", "arguments": arguments})
    result = answer["result"]["structuredContent"]
    assert result.get("return_value") == [[], [True, True], True], result
