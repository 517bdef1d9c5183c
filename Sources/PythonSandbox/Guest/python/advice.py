"""An advice about an error that has its cause in this sandbox: one sentence that can be followed here.

The module is pure: `advise` looks only at the exception and its other parameters.
"""

import builtins

__builtins__ = dict(vars(builtins))

import errno
import re
import sys

CHARACTERS = 400
# Chains of exceptions can be long, and code can make them circular.
MOST_LINKS = 100

PROCESSES = "There are no other processes in this sandbox: do the work in Python itself, with asyncio for what waits."
THREADS = (
    "Threads cannot be started in this sandbox: call the function directly, or use asyncio; await asyncio.to_thread(f) "
    "runs f, too."
)
SOCKETS = (
    "There are no sockets in this sandbox: use urllib.request, requests or httpx, which reach by HTTP and HTTPS what "
    "--network allows."
)
TLS = "TLS is not done in Python here: https addresses work with urllib.request, requests and httpx."
ALARMS = "There are no alarm signals in this sandbox: use asyncio.timeout; the server ends a run after --timeout."
ZONES = "The time zone database is not part of this Python: start the server with --deps tzdata."
INSTALLING = "Packages are installed before the code runs: start the server with --deps {}."

# The modules of the standard library that are missing here, and those that do their work.
LEFT_OUT = {
    "tkinter": "there is no display: matplotlib (--deps matplotlib) draws what the client shows",
    "curses": "there is no terminal: print what is to be seen",
    "readline": "there is no terminal: input() asks the client",
    "dbm": "use sqlite3",
    "resource": "time.perf_counter and tracemalloc measure; limits are the server's --memory and --timeout",
    "pwd": "there are no users: getpass.getuser and os.environ say what there is",
    "syslog": "use logging",
    "venv": "packages are installed by starting the server with --deps",
    "_interpreters": "there is one interpreter, and no threads: use asyncio",
}
LEFT_OUT |= {"turtle": LEFT_OUT["tkinter"], "turtledemo": LEFT_OUT["tkinter"], "grp": LEFT_OUT["pwd"]}
LEFT_OUT |= {"ensurepip": LEFT_OUT["venv"], "pip": LEFT_OUT["venv"]}
OF_WINDOWS = {"msvcrt", "nt", "winreg", "winsound", "_winapi", "win32api", "win32com", "win32con", "pythoncom"}
OF_PROCESSES = {"_multiprocessing", "_posixshmem", "_posixsubprocess"}
# The modules that Python itself has removed by 3.14.
REMOVED = {
    "aifc": "wave", "asynchat": "asyncio", "asyncore": "asyncio", "cgi": "email and urllib.parse", "cgitb": "traceback",
    "chunk": "struct", "crypt": "hashlib", "imghdr": "PIL (--deps pillow)", "imp": "importlib", "lib2to3": "ast",
    "nntplib": "urllib.request", "pipes": "shlex", "smtpd": "email", "sndhdr": "wave", "sunau": "wave",
    "telnetlib": "urllib.request", "uu": "base64", "xdrlib": "struct", "distutils": "setuptools (--deps setuptools)",
}  # fmt: skip

# The packages that cannot work here, and the nearest that can. Some have native code that nobody has built
# for this platform. Others need sockets, threads or processes.
_DATABASE = "sqlite3, in the standard library"
_LEARNING = "scikit-learn (--deps scikit-learn)"
_ARRAYS = "numpy (--deps numpy)"
_BROWSER = "requests and beautifulsoup4 (--deps requests,beautifulsoup4)"
_DRAWING = "matplotlib (--deps matplotlib)"
NEAREST = {
    **dict.fromkeys(("psycopg2", "psycopg", "asyncpg", "MySQLdb", "mysql", "pyodbc", "cx_Oracle", "oracledb"), _DATABASE),
    **dict.fromkeys(("leveldb", "plyvel", "rocksdb"), _DATABASE),
    **dict.fromkeys(("torch", "tensorflow", "keras", "jax", "transformers", "catboost", "faiss", "hnswlib"), _LEARNING),
    **dict.fromkeys(("numba", "cupy", "numexpr"), _ARRAYS),
    **dict.fromkeys(("selenium", "playwright", "pyppeteer"), _BROWSER),
    **dict.fromkeys(("PyQt5", "PyQt6", "PySide2", "PySide6", "wx", "kivy", "vtk", "mayavi"), _DRAWING),
    **dict.fromkeys(("gevent", "eventlet", "greenlet", "uvloop", "zmq"), "asyncio"),
    **dict.fromkeys(("pycurl", "grpc"), "requests (--deps requests)"),
    **dict.fromkeys(("rapidfuzz", "Levenshtein"), "difflib, in the standard library"),
    "spacy": "nltk (--deps nltk)",
    "tables": "h5py (--deps h5py)",
    "fastparquet": "pyarrow (--deps pyarrow)",
    "pyspark": "pandas (--deps pandas)",
    "rapidjson": "orjson (--deps orjson)",
    "psutil": "os and tracemalloc, in the standard library",
}

# The packages whose names differ from their module's, besides those in the runtime's list.
PACKAGES = {"dotenv": "python-dotenv", "jwt": "pyjwt", "slugify": "python-slugify", "Bio": "biopython"}

_PROCESS_CALLS = {"fork", "forkpty", "execv", "execve", "execvp", "execvpe", "execl", "execlp", "posix_spawn", "posix_spawnp"}
_SOCKET_CALLS = {"connect", "create_connection", "bind", "listen", "accept", "create_server", "sendto", "recvfrom"}


def advise(error, packages, is_installed):
    """Gives a sentence for the first exception of the chain that has one, or None.

    `packages` gives the packages of the runtime's list by module. `is_installed` is true for modules that can
    be imported.
    """
    if isinstance(error, KeyboardInterrupt) or (isinstance(error, SystemExit) and not error.code):
        return None
    for link in _chain(error):
        if sentence := _advice(link, packages, is_installed):
            return sentence[:CHARACTERS]
    return None


def _chain(error):
    """The exception and its causes, the nearest first."""
    links, seen = [error], set()
    while links and len(seen) < MOST_LINKS:
        link = links.pop(0)
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        links.append(link.__cause__)
        if not link.__suppress_context__:
            links.append(link.__context__)
        if isinstance(link, BaseExceptionGroup):
            links += link.exceptions


def _advice(error, packages, is_installed):
    text = _text(error)
    if _comes_from("/micropip/", error) and not isinstance(error, ImportError):
        return INSTALLING.format("and the package's name")
    if host := re.search(r'Requires net access to "([^"\s]+)"|\(--network\) does not allow ([^\s>]+)', text):
        return _about_the_policy(host[1] or host[2])
    if isinstance(error, ModuleNotFoundError):
        return _about_a_module(error.name, packages, is_installed)
    if type(error).__name__ == "ZoneInfoNotFoundError":
        return None if is_installed("tzdata") else ZONES
    if isinstance(error, RuntimeError) and "can't start new thread" in text:
        return THREADS
    if isinstance(error, RuntimeError) and text == "TLS not supported in this environment":
        return TLS
    if isinstance(error, NotImplementedError):
        return _about_the_loop(text)
    if isinstance(error, AttributeError):
        return _about_a_name(error)
    if isinstance(error, OSError):
        return _about_the_system(error, text)
    return None


def _text(error):
    """The error's text, but nothing where the user's code would have to make it: that code may not end."""
    teller = getattr(type(error).__str__, "__code__", None)
    if teller is not None and not teller.co_filename.startswith("/lib/"):
        return ""
    is_plain = all(type(value) in (str, bytes, int, float, type(None)) for value in error.args)
    return str(error) if is_plain or type(error).__module__ == "pyodide.ffi" else ""


def _about_the_policy(host):
    return f"The sandbox may not reach {host}: that is for the server's option --network to allow."


def _about_a_module(name, packages, is_installed):
    if not isinstance(name, str) or len(name) > 100 or not name.replace(".", "").isidentifier():
        return None
    top = name.partition(".")[0]
    if top in OF_PROCESSES:
        return PROCESSES
    if top in OF_WINDOWS:
        return f"'{top}' belongs to Windows, and this Python does not run on it."
    left_out = LEFT_OUT.get(top) or LEFT_OUT.get(top.removeprefix("_"))
    if left_out:
        return f"'{top}' is not part of this Python: {left_out}."
    if top in REMOVED:
        return f"'{top}' is no longer part of Python {sys.version_info[0]}.{sys.version_info[1]}: use {REMOVED[top]}."
    if is_installed(top):
        return None  # A package that is there should have the module.
    if top in sys.stdlib_module_names or top == "test":
        return f"'{top}' is a module of the standard library that this Python was built without."
    if package := packages.get(name) or packages.get(top) or PACKAGES.get(top):
        return f"'{top}' is not installed: start the server with --deps {package}."
    if top in NEAREST:
        return f"'{top}' cannot work in this sandbox. The nearest that can: {NEAREST[top]}."
    return (
        f"'{top}' is not installed, and files of the machine are out of reach. If it is a package in pure Python on the "
        f"package index, start the server with --deps {top}."
    )


def _about_the_loop(text):
    if text.startswith("subprocess_") or "multiprocessing.synchronize" in text:
        return PROCESSES
    if "SSL" in text or text.startswith("start_tls"):
        return TLS
    return SOCKETS if "socket" in text else None


def _about_a_name(error):
    module = getattr(error.obj, "__name__", "") if type(error.obj) is type(sys) else ""
    if module == "os" and error.name in _PROCESS_CALLS:
        return PROCESSES
    if module == "signal" and error.name in ("alarm", "setitimer", "pause"):
        return ALARMS
    return None


def _about_the_system(error, text):
    if "does not support processes" in text or text == "the sandbox cannot start processes":
        return PROCESSES
    calls = _calls(error)
    if error.errno in (errno.ENOSYS, errno.ENOEXEC) and calls & _PROCESS_CALLS:
        return PROCESSES
    if error.errno in (errno.EHOSTUNREACH, errno.EOPNOTSUPP, errno.ENOTSUP) and calls & _SOCKET_CALLS:
        return SOCKETS
    return None


def _frames(error):
    trace = error.__traceback__
    while trace:
        yield trace.tb_frame.f_code
        trace = trace.tb_next


def _calls(error):
    """The names that are used by the code that raised the error."""
    code = None
    for code in _frames(error):
        pass
    return set(code.co_names) if code else set()


def _comes_from(folder, error):
    return any(folder in code.co_filename for code in _frames(error))
