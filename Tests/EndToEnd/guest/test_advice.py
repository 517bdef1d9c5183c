"""The guest's advice about an exception: its pure part, run by the tests' own Python."""

import errno
import importlib.util
import json
import pathlib
import types

import pytest
from support import product

SOURCE = pathlib.Path(__file__).parents[3] / "Sources/PythonSandbox/Guest/python/advice.py"
PACKAGES = {"sklearn": "scikit-learn", "pandas": "pandas"}


def load():
    spec = importlib.util.spec_from_file_location("advice", SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


advice = load()


def missing(name: str) -> ModuleNotFoundError:
    return ModuleNotFoundError(f"No module named {name!r}", name=name)


def advise(error: BaseException, installed: tuple[str, ...] = ()) -> str | None:
    return advice.advise(error, PACKAGES, installed.__contains__)


def raised(function) -> BaseException:
    try:
        function()
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("pandas", "start the server with --deps pandas."),
        ("sklearn.svm", "'sklearn' is not installed: start the server with --deps scikit-learn."),
        ("dotenv", "--deps python-dotenv."),
        ("nonsense", "If it is a package in pure Python on the package index, start the server with --deps nonsense."),
        ("psycopg2", "'psycopg2' cannot work in this sandbox. The nearest that can: sqlite3, in the standard library."),
        ("torch", "scikit-learn (--deps scikit-learn)"),
        ("tkinter", "'tkinter' is not part of this Python: there is no display"),
        ("_curses", "there is no terminal"),
        ("ensurepip", "--deps"),
        ("winreg", "belongs to Windows"),
        ("_multiprocessing", advice.PROCESSES),
        ("_uuid", "a module of the standard library that this Python was built without."),
        ("test.support", "a module of the standard library that this Python was built without."),
        ("distutils.core", "no longer part of Python 3."),
    ],
)
def test_a_module_that_is_not_there(module, expected):
    assert expected in advise(missing(module))


def test_a_part_of_a_package_that_is_there():
    assert advise(missing("pandas.nothing"), installed=("pandas",)) is None


def test_a_zone_without_the_database():
    class ZoneInfoNotFoundError(KeyError):
        pass

    assert advise(ZoneInfoNotFoundError("no")) == advice.ZONES
    assert advise(ZoneInfoNotFoundError("no"), installed=("tzdata",)) is None


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (RuntimeError("can't start new thread"), advice.THREADS),
        (OSError(138, "emscripten does not support processes."), advice.PROCESSES),
        (PermissionError("the sandbox cannot start processes"), advice.PROCESSES),
        (NotImplementedError("subprocess_exec() is not available in browser environments"), advice.PROCESSES),
        (NotImplementedError("sock_connect() … due to restricted raw socket access."), advice.SOCKETS),
        (NotImplementedError("start_tls() is not available"), advice.TLS),
        (NotImplementedError("to be done"), None),
        (OSError(28, "No space left on device"), None),
        (ValueError("x"), None),
        (KeyboardInterrupt(), None),
        (SystemExit(0), None),
    ],
    ids=str,
)
def test_what_does_not_exist_here(error, expected):
    assert advise(error) == expected


@pytest.mark.parametrize(
    ("number", "call", "expected"),
    [
        (errno.ENOSYS, "fork", advice.PROCESSES),
        (errno.ENOEXEC, "execv", advice.PROCESSES),
        (errno.EHOSTUNREACH, "connect", advice.SOCKETS),
        (errno.EOPNOTSUPP, "listen", advice.SOCKETS),
        (errno.ENOSYS, "chroot", None),
        (errno.ENOENT, "execv", None),
        (errno.ECONNREFUSED, "connect", None),
    ],
)
def test_a_call_of_the_system_is_known_by_the_code_that_makes_it(number, call, expected):
    """A function in C has no frame of its own."""
    names = {"system": types.SimpleNamespace(**{call: None}), "error": OSError(number, "no")}
    assert advise(raised(lambda: exec(f"system.{call}\nraise error", names))) == expected


@pytest.mark.parametrize(("module", "name", "expected"), [("os", "posix_spawn", "PROCESSES"), ("signal", "alarm", "ALARMS")])
def test_a_function_that_is_not_there(module, name, expected):
    empty = types.ModuleType(module)
    assert advise(raised(lambda: getattr(empty, name))) == getattr(advice, expected)
    assert advise(raised(lambda: getattr(empty, "nonsense"))) is None
    assert advise(raised(lambda: getattr(object(), name))) is None


@pytest.mark.parametrize(
    "text",
    [
        'Fetch failed: Requires net access to "127.0.0.1:80", run again with the --allow-net flag',
        "<urlopen error [Errno 2] the sandbox's network policy (--network) does not allow 127.0.0.1:80>",
    ],
)
def test_an_address_that_the_policy_refuses(text):
    assert advise(OSError(text)).startswith("The sandbox may not reach 127.0.0.1:80: ")


def chained(cause: bool, suppressed: bool = False) -> BaseException:
    def work():
        try:
            raise missing("pandas")
        except ImportError as error:
            if suppressed:
                raise ValueError("x") from None
            if cause:
                raise ValueError("x") from error
            raise ValueError("x")

    return raised(work)


def test_the_chain_of_exceptions_is_followed():
    assert "--deps pandas" in advise(chained(cause=True))
    assert "--deps pandas" in advise(chained(cause=False))
    assert advise(chained(cause=False, suppressed=True)) is None
    assert "--deps pandas" in advise(ExceptionGroup("all", [ValueError(), missing("pandas")]))


def test_a_chain_may_go_in_circles():
    error = ValueError("a")
    error.__context__ = other = ValueError("b")
    other.__context__ = error
    assert advise(error) is None


def test_advice_is_one_short_line():
    assert len(advise(OSError(f'Requires net access to "{"x" * 10_000}"'))) == advice.CHARACTERS
    for name in ("x" * 101, "a\nb", "", None, 1, "--deps evil"):
        assert advise(ModuleNotFoundError("no", name=name)) is None
    everything = [*advice.NEAREST, *advice.LEFT_OUT, *advice.REMOVED, *advice.OF_WINDOWS, "pandas", "nonsense"]
    for name in everything:
        sentence = advise(missing(name))
        assert sentence.endswith(".") and "\n" not in sentence and len(sentence) < 250, name


def test_no_package_is_advised_against_that_the_runtime_lists(runtime_packages):
    """The table of what cannot work must not hide a package that there is; what it names instead is there."""
    modules, names = runtime_packages
    assert not set(advice.NEAREST) & modules
    sentences = [*advice.NEAREST.values(), *advice.LEFT_OUT.values(), *advice.REMOVED.values()]
    for words in sentences:
        _, marked, rest = words.partition("--deps ")
        if marked:
            assert set(rest.partition(")")[0].split(",")) <= names | {""}, words


@pytest.fixture(scope="module")
def runtime_packages():
    """The modules and the packages of the runtime's list."""
    [path] = (product.CACHE / "runtime").glob("*/pyodide/pyodide-lock.json")
    packages = json.loads(path.read_text())["packages"]
    return {module for entry in packages.values() for module in entry["imports"]}, set(packages)
