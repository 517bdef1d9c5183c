# --- getsource
import inspect

def f(a):
    # a comment
    return a + 1

print(inspect.getsource(f))
inspect.getsourcelines(f), inspect.getcomments(f)

# --- getsource-class
import inspect

class C:
    """Doc."""

    def m(self):
        return 1

print(inspect.getsource(C))
inspect.getsource(C.m)

# --- getsource-lambda
import inspect
f = lambda x: x * 2
inspect.getsource(f)

# --- getsource-library
import inspect
import textwrap
inspect.getsource(textwrap.dedent).splitlines()[0], inspect.getmodule(textwrap.dedent).__name__

# --- getsource-builtin
import inspect
inspect.getsource(len)

# --- getfile
import inspect
inspect.getfile(inspect), inspect.getsourcefile(inspect)

# --- signature
import inspect

def f(a, /, b: int = 2, *args, c, **kw) -> str: ...

s = inspect.signature(f)
print(s, s.parameters["b"], s.return_annotation, s.bind(1, c=3).arguments)
s.bind(1)

# --- signature-builtin
import inspect
inspect.signature(sorted), inspect.signature(len)

# --- inspect-members
import inspect

class A:
    x = 1

    def m(self): ...

    async def co(self): ...

print([n for n, _ in inspect.getmembers(A, inspect.isfunction)], inspect.iscoroutinefunction(A.co), inspect.isclass(A))
inspect.getdoc(str.upper), inspect.cleandoc("  a\n    b"), inspect.getmro(bool)

# --- stack-frames
import inspect
import sys

def f():
    frame = sys._getframe()
    return frame.f_code.co_name, frame.f_lineno, frame.f_back.f_code.co_name, inspect.currentframe() is frame

f()

# --- inspect-stack
import inspect

def f():
    return [(i.function, i.lineno, i.code_context) for i in inspect.stack()[:2]]

f()

# --- frame-locals
import sys

def f():
    a, b = 1, 2
    return sys._getframe().f_locals

f()

# --- code-object
def f(a, b=1):
    c = a
    return c

k = f.__code__
k.co_varnames, k.co_argcount, k.co_firstlineno, k.co_consts, k.co_name, f.__defaults__

# --- ast-parse
import ast
tree = ast.parse("x = 1 + y\nprint(x)")
print(ast.dump(tree, indent=1))
ast.unparse(tree), ast.literal_eval("[1, {'a': (2, None)}]")

# --- ast-visitor
import ast

class V(ast.NodeVisitor):
    def visit_Name(self, node):
        print(node.id, node.lineno, node.col_offset)

class T(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.Constant(node.value * 2)

V().visit(ast.parse("a + f(b)"))
eval(compile(ast.fix_missing_locations(T().visit(ast.parse("3 + 4", mode="eval"))), "<ast>", "eval"))

# --- ast-literal-error
import ast
ast.literal_eval("__import__('os')")

# --- ast-get-source-segment
import ast
source = "total = (1 +\n  2) * 3"
ast.get_source_segment(source, ast.parse(source).body[0].value)

# --- dis
import dis

def f(x):
    return x + 1

dis.dis(f)

# --- dis-instructions
import dis
[i.opname for i in dis.get_instructions("a = b")], dis.code_info(compile("1", "f", "eval")).splitlines()[0]

# --- tokenize
import io
import tokenize
[(tokenize.tok_name[t.type], t.string) for t in tokenize.generate_tokens(io.StringIO("x = f'{a}' # c\n").readline)]

# --- tokenize-error
import io
import tokenize
list(tokenize.generate_tokens(io.StringIO("(\n").readline))

# --- symtable
import symtable
t = symtable.symtable("def f(a):\n    global b\n    return a + c", "x.py", "exec")
f = t.get_children()[0]
f.get_name(), f.get_parameters(), [(s.get_name(), s.is_global(), s.is_local()) for s in sorted(f.get_symbols(), key=lambda s: s.get_name())]

# --- keyword-token
import keyword
import token
len(keyword.kwlist), keyword.softkwlist, keyword.iskeyword("match"), token.tok_name[token.NAME]

# --- code-module
import code
c = code.InteractiveConsole({"x": 1})
print(c.push("x + 1"), c.push("if x:"), c.push("    print('in')"), c.push(""))
c.push("1 / 0")
code.InteractiveInterpreter().runsource("a b")

# --- codeop
import codeop
print(codeop.compile_command("if x:"), codeop.compile_command("x = 1"))
codeop.compile_command("x = = 1")

# --- importlib
import importlib
import importlib.util
m = importlib.import_module("json.decoder")
print(m.__name__, importlib.util.find_spec("nonesuch"), importlib.util.find_spec("json").name)
importlib.import_module("nonesuch.inner")

# --- importlib-source (alone)
import importlib.util
open("/tmp/mymod.py", "w").write("VALUE = 5\ndef f():\n    return 1 / 0\n")
spec = importlib.util.spec_from_file_location("mymod", "/tmp/mymod.py")
m = importlib.util.module_from_spec(spec)
spec.loader.exec_module(m)
print(m.VALUE, m)
m.f()

# --- import-own-module (alone)
import importlib
import sys
open("/tmp/helper_mod.py", "w").write("def greet(n):\n    return 'hi ' + n\n")
sys.path.insert(0, "/tmp")
importlib.invalidate_caches()
import helper_mod
print(helper_mod.greet("x"), helper_mod.__file__)
helper_mod.greet(5)

# --- import-from-cwd (alone)
import os
os.makedirs("pkg")
open("pkg/__init__.py", "w").write("from .inner import x\n")
open("pkg/inner.py", "w").write("x = 5\n")
import pkg
pkg.x, pkg.__name__

# --- import-syntax-error (alone)
import sys
open("/tmp/broken_mod.py", "w").write("def f(:\n")
sys.path.insert(0, "/tmp")
import broken_mod

# --- import-circular (alone)
import sys
open("/tmp/ca.py", "w").write("from cb import y\nx = 1\n")
open("/tmp/cb.py", "w").write("from ca import x\ny = 2\n")
sys.path.insert(0, "/tmp")
import ca

# --- import-reload (alone)
import importlib
import sys
import time
open("/tmp/rel.py", "w").write("v = 1\n")
sys.path.insert(0, "/tmp")
sys.dont_write_bytecode = True
import rel
open("/tmp/rel.py", "w").write("v = 22\n")
importlib.reload(rel).v

# --- import-missing-submodule
import os.nothing

# --- import-relative
from . import x

# --- import-hook (alone)
import importlib.abc
import importlib.machinery
import sys

class F(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name.startswith("magic_"):
            return importlib.machinery.ModuleSpec(name, self)

    def exec_module(self, module):
        module.value = module.__name__[6:]

sys.meta_path.append(F())
import magic_word
magic_word.value

# --- importlib-resources
import importlib.resources
(importlib.resources.files("json") / "__init__.py").read_text()[:10]

# --- importlib-metadata
from importlib import metadata
metadata.version("pydantic") > "2", metadata.PackageNotFoundError.__name__

# --- metadata-missing
from importlib import metadata
metadata.version("nonesuch")

# --- pkgutil
import pkgutil
[m.name for m in pkgutil.iter_modules(__import__("json").__path__)], pkgutil.resolve_name("os.path:join").__name__

# --- runpy (alone)
import runpy
open("/tmp/script.py", "w").write("import sys\nprint(__name__, sys.argv[0])\nresult = 5\n")
runpy.run_path("/tmp/script.py", run_name="__main__")["result"]

# --- zipimport (alone)
import sys
import zipfile
with zipfile.ZipFile("/tmp/z.zip", "w") as z:
    z.writestr("zipped_mod.py", "x = 'from zip'\n")
sys.path.insert(0, "/tmp/z.zip")
import zipped_mod
zipped_mod.x, zipped_mod.__file__

# --- every-module (alone)
import importlib
import sys
import warnings
warnings.simplefilter("ignore")
SKIPPED = {"antigravity", "this", "idlelib", "turtledemo"}
for name in sorted(sys.stdlib_module_names):
    if name not in SKIPPED and not name.startswith("_"):
        try:
            importlib.import_module(name)
        except ImportError as error:
            print(name, type(error).__name__)

# --- this
import this

# --- sys-facts
import sys
print(sys.version_info[:2], sys.platform, sys.implementation.name, sys.byteorder, sys.maxsize, sys.float_info.dig, sys.int_info)
print(sys.argv, sys.flags.optimize, sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.hash_info.width)
sys.getsizeof([]), sys.intern("a"), sys.getrefcount(object()), sys.is_finalizing()

# --- sys-version
import sys
sys.version, sys.hexversion, sys.copyright[:20], sys.prefix, sys.exec_prefix

# --- sys-path
import sys
sys.path

# --- sys-modules-main
import sys
"__main__" in sys.modules, sys.modules["__main__"].__name__

# --- sys-hooks
import sys
sys.excepthook is sys.__excepthook__, sys.unraisablehook is sys.__unraisablehook__, sys.gettrace(), sys.getprofile()

# --- sys-exc-info
import sys
try:
    1 / 0
except ZeroDivisionError:
    print(sys.exc_info()[0].__name__, sys.exception())
sys.exc_info()

# --- settrace
import sys
events = []

def trace(frame, event, arg):
    if frame.f_code.co_name == "f":
        events.append((event, frame.f_lineno))
        return trace

def f():
    x = 1
    return x

sys.settrace(trace)
f()
sys.settrace(None)
events

# --- setprofile
import sys
seen = []

def work():
    return len("ab")

def profiled():
    sys.setprofile(lambda frame, event, arg: seen.append(event))
    work()
    sys.setprofile(None)

profiled()
seen

# --- monitoring
import sys
m = sys.monitoring
m.use_tool_id(3, "mine")
m.register_callback(3, m.events.PY_START, lambda code, offset: print("start", code.co_name)) is None

def f(): ...

def watched():
    m.set_events(3, m.events.PY_START)
    f()
    m.set_events(3, 0)

watched()
m.free_tool_id(3)

# --- audit-hook (alone)
import sys
seen = []
sys.addaudithook(lambda event, args: seen.append(event) if event == "mine.event" else None)
sys.audit("mine.event", 1)
seen

# --- displayhook (alone)
import sys
sys.displayhook = lambda value: print("shown:", value) if value is not None else None
5
[1]

# --- recursion-limit (alone)
import sys
sys.setrecursionlimit(120)

def f(n):
    return f(n + 1)

try:
    f(0)
except RecursionError as e:
    print(e)

# --- gc
import gc
gc.collect() >= 0

class C: ...

a, b = C(), C()
a.b, b.a = b, a
del a, b
print(gc.collect() >= 2, gc.isenabled(), gc.get_threshold()[0] > 0, gc.is_tracked([]))

# --- tracemalloc
import tracemalloc
tracemalloc.start()
x = [0] * 1000
current, peak = tracemalloc.get_traced_memory()
tracemalloc.stop()
current > 1000, peak >= current

# --- atexit
import atexit
atexit.register(print, "at exit")
atexit.unregister(print)

# --- warnings
import warnings
warnings.warn("careful")
warnings.warn("old", DeprecationWarning, stacklevel=1)

def f():
    warnings.warn("in f", RuntimeWarning, stacklevel=2)

f()

# --- warnings-catch
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    warnings.warn("recorded")
    print(len(w), w[0].message, w[0].category.__name__, w[0].lineno)

# --- warnings-once
import warnings
for _ in range(3):
    warnings.warn("only once")

# --- warnings-deprecated
import warnings

@warnings.deprecated("use g")
def f():
    return 1

f()

# --- warnings-filters
import warnings
[f[0] + " " + f[2].__name__ for f in warnings.filters]

# --- traceback-format
import traceback

def f():
    return [][1]

try:
    f()
except IndexError as e:
    print("".join(traceback.format_exception(e)))
    print(traceback.format_exception_only(e), [(s.name, s.lineno, s.line) for s in traceback.extract_tb(e.__traceback__)])

# --- traceback-stack
import traceback

def f():
    return traceback.extract_stack()[-1].line, traceback.format_stack()[-1]

f()

# --- traceback-group
import traceback
try:
    raise ExceptionGroup("g", [ValueError("a"), TypeError("b")])
except ExceptionGroup as e:
    traceback.print_exception(e)

# --- traceback-object
import traceback
try:
    {}["x"]
except KeyError as e:
    t = traceback.TracebackException.from_exception(e, capture_locals=True)
    print(t.exc_type_str, str(t), len(t.stack))

# --- faulthandler
import faulthandler
faulthandler.is_enabled()

# --- logging-default
import logging
logging.warning("root warning")
logging.info("not shown")
logging.getLogger("named").error("an error %d", 5)

# --- logging-basic-config (alone)
import logging
logging.basicConfig(level=logging.DEBUG, format="%(levelname)s:%(name)s:%(lineno)d:%(message)s")
log = logging.getLogger("app")
log.debug("debug %s", "x")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("failed")

# --- logging-handlers (alone)
import io
import logging
out = io.StringIO()
h = logging.StreamHandler(out)
h.setFormatter(logging.Formatter("{levelname} {message} {funcName} {filename}", style="{"))
log = logging.getLogger("mine")
log.addHandler(h)
log.setLevel("INFO")
log.propagate = False

def work():
    log.info("working")

work()
log.debug("no")
out.getvalue()

# --- logging-bad-format
import logging
logging.warning("%d items", "x")

# --- logging-config (alone)
import logging.config
logging.config.dictConfig({
    "version": 1,
    "formatters": {"f": {"format": "%(levelname)s-%(message)s"}},
    "handlers": {"h": {"class": "logging.StreamHandler", "formatter": "f", "stream": "ext://sys.stdout"}},
    "root": {"handlers": ["h"], "level": "INFO"},
})
logging.info("configured")

# --- logging-file (alone)
import logging
import logging.handlers
h = logging.handlers.RotatingFileHandler("/tmp/x.log", maxBytes=100, backupCount=1)
log = logging.getLogger("f")
log.addHandler(h)
log.error("to file")
open("/tmp/x.log").read()

# --- pydoc
import pydoc
pydoc.plain(pydoc.render_doc(len)).splitlines()[0], pydoc.locate("os.path.join").__name__

# --- sysconfig-platform
import platform
import sysconfig
platform.python_implementation(), platform.system(), platform.machine(), sysconfig.get_python_version(), platform.python_version_tuple()[:2]

# --- site
import site
site.ENABLE_USER_SITE, len(site.getsitepackages())

# --- builtins-changed (alone)
import builtins
builtins.answer = 42
answer

# --- builtins-shadowed
len = lambda x: "shadowed"
print(len([]))
del len
len([])

# --- doctest
import doctest

def f(n):
    """
    >>> f(2)
    4
    >>> f(3)
    10
    """
    return n * 2

doctest.testmod()

# --- doctest-passing
import doctest

def f(n):
    """
    >>> f("x")
    Traceback (most recent call last):
    TypeError: can only concatenate str (not "int") to str
    """
    return n + 1

doctest.testmod().attempted

# --- unittest-main
import unittest

class T(unittest.TestCase):
    def test_good(self):
        self.assertEqual(1 + 1, 2)

unittest.main(argv=["x"], exit=False).result.testsRun

# --- unittest-failures
import sys
import unittest

class T(unittest.TestCase):
    def test_bad(self):
        self.assertEqual([1, 2], [1, 3])

    def test_error(self):
        1 / 0

    @unittest.skip("later")
    def test_skipped(self): ...

result = unittest.TextTestRunner(stream=sys.stdout, verbosity=0, durations=None).run(unittest.defaultTestLoader.loadTestsFromTestCase(T)) if False else unittest.TestResult()
unittest.defaultTestLoader.loadTestsFromTestCase(T).run(result)
print(result)
print(result.failures[0][1])
result.errors[0][1]

# --- unittest-mock
from unittest import mock
m = mock.Mock(return_value=3)
print(m(1, x=2), m.call_args, m.called)
with mock.patch("os.getcwd", return_value="/mocked"):
    import os
    print(os.getcwd())
m.assert_called_with(9)

# --- cprofile
import cProfile
import io
import pstats

def work():
    return sum(range(100))

p = cProfile.Profile()
p.runcall(work)
out = io.StringIO()
pstats.Stats(p, stream=out).print_stats()
"work" in out.getvalue(), "main.py" in out.getvalue() or "<block" in out.getvalue() or "<run" in out.getvalue()

# --- cprofile-run
import cProfile

def work():
    return 5

cProfile.run("result = work()", "/tmp/stats")
result

# --- trace
import trace

def f():
    return 1

trace.Trace(count=1, trace=0).runfunc(f)

# --- pdb-eof
import pdb

def f():
    x = 1
    pdb.set_trace()
    return x

f()

# --- breakpoint-off (alone)
import os
os.environ["PYTHONBREAKPOINT"] = "0"
breakpoint()
"went on"

# --- pdb-scripted
import io
import pdb

def f(n):
    x = n * 2
    return x

out = io.StringIO()
p = pdb.Pdb(stdin=io.StringIO("s\nn\nl\np n\nw\nc\n"), stdout=out, nosigint=True)
p.use_rawinput = False
p.runcall(f, 5)
print(out.getvalue())

# --- pdb-post-mortem
import io
import pdb
import sys

def f(n):
    return 1 / n

try:
    f(0)
except ZeroDivisionError as e:
    out = io.StringIO()
    p = pdb.Pdb(stdin=io.StringIO("p n\nll\nq\n"), stdout=out, nosigint=True)
    p.use_rawinput = False
    p.reset()
    p.interaction(None, e.__traceback__)
    print(out.getvalue())

# --- input-without-answer
input("name? ")

# --- argparse
import argparse
p = argparse.ArgumentParser(prog="tool", description="Does.", color=False)
p.add_argument("file")
p.add_argument("-n", "--number", type=int, default=3, help="how many")
p.add_argument("--flag", action="store_true")
sub = p.parse_args(["x.txt", "-n", "5"])
print(sub)
p.print_help()

# --- argparse-error
import argparse
p = argparse.ArgumentParser(prog="tool", color=False)
p.add_argument("-n", type=int)
p.parse_args(["-n", "x"])

# --- argparse-help
import argparse
argparse.ArgumentParser(prog="tool", color=False).parse_args(["--help"])

# --- argparse-subcommands
import argparse
p = argparse.ArgumentParser(prog="t", exit_on_error=False)
s = p.add_subparsers(dest="command")
a = s.add_parser("add")
a.add_argument("values", nargs="+", type=float)
p.parse_args(["add", "1", "2.5"])

# --- getopt
import getopt
getopt.getopt(["-a", "--long=5", "rest"], "ab:", ["long="])

# --- cmd
import cmd
import io

class C(cmd.Cmd):
    prompt = "> "
    use_rawinput = False

    def do_hi(self, arg):
        print("hi", arg)

    def do_quit(self, arg):
        return True

C(stdin=io.StringIO("hi you\nwhat\nquit\n")).cmdloop("welcome")

# --- threading-start
import threading
threading.Thread(target=print, args=("in thread",)).start()

# --- threading-objects
import threading
l = threading.Lock()
with l:
    print(l.locked())
local = threading.local()
local.x = 1
threading.current_thread().name, threading.active_count(), threading.main_thread() is threading.current_thread(), threading.Event().is_set()

# --- thread-pool
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor() as pool:
    print(list(pool.map(abs, [-1])))

# --- process-pool
from concurrent.futures import ProcessPoolExecutor
ProcessPoolExecutor()

# --- multiprocessing
import multiprocessing
p = multiprocessing.Process(target=print)
p.start()

# --- multiprocessing-facts
import multiprocessing
multiprocessing.cpu_count() > 0, multiprocessing.current_process().name

# --- interpreters
from concurrent import interpreters
interpreters.create()

# --- signal
import signal
old = signal.signal(signal.SIGUSR1, lambda n, f: print("signal", n))
signal.Signals(2).name, signal.getsignal(signal.SIGINT) is not None

# --- socket
import socket
socket.create_connection(("127.0.0.1", 9), timeout=1)

# --- socket-facts
import socket
socket.inet_aton("1.2.3.4"), socket.htons(1), socket.AF_INET.name

# --- socket-server
import socketserver
sorted(n for n in vars(socketserver) if n.endswith("Server"))[:3]

# --- ssl
import ssl
ssl.create_default_context().verify_mode.name

# --- select
import select
hasattr(select, "select"), hasattr(select, "epoll")

# --- webbrowser
import webbrowser
webbrowser.open("http://x.org") if False else webbrowser.__name__

# --- ctypes
import ctypes
ctypes.sizeof(ctypes.c_int), ctypes.c_uint8(300).value, ctypes.create_string_buffer(b"ab").raw, (ctypes.c_int * 3)(1, 2, 3)[1]

# --- curses
import curses
curses.initscr()

# --- termios
import termios
termios.tcgetattr(0)

# --- tty-device
open("/dev/tty", "w").write("to the terminal")

# --- rlcompleter
import rlcompleter
rlcompleter.Completer({"alpha": 1}).complete("al", 0)

# --- pyclbr-and-compileall
import pyclbr
sorted(pyclbr.readmodule("queue"))[:3]

# --- type-objects
import types
[types.FunctionType.__name__, type(lambda: 0) is types.LambdaType, types.GenericAlias(list, (int,)), types.NoneType(), types.resolve_bases((int,))]

# --- code-replace
def f():
    return 1

g = type(f)(f.__code__.replace(co_consts=(2,)), {}) if f.__code__.co_consts == (1,) else f
g() in (1, 2)

# --- func-attributes
def f(a: int = 5, *, k: str = "x") -> None:
    "doc"

f.extra = 1
f.__name__, f.__qualname__, f.__module__, f.__doc__, f.__kwdefaults__, f.__dict__, f.__annotations__

# --- unraisable
import sys

class C:
    def __del__(self):
        [][0]

def f():
    C()

f()
print("went on")

# --- os-exit-status
import os
os.WEXITSTATUS(256), os.strerror(2), os.get_inheritable(1), os.getpgid if hasattr(os, "getpgid") else None

# --- errno
import errno
errno.errorcode[2], errno.EACCES, OSError(errno.EACCES, "no").__class__.__name__

# --- resource
import resource
resource.getrlimit(resource.RLIMIT_NOFILE)
