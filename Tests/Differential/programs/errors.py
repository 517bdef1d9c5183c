# --- zero-division
1 / 0

# --- name-error
undefined_name

# --- name-error-suggestion
value_of_it = 1
print(value_of_its)

# --- attribute-error
[].push(1)

# --- attribute-suggestion
class A:
    colour = 1

A().color

# --- index-error
[1, 2][5]

# --- key-error
{"a": 1}["b"]

# --- key-error-tuple
{}[(1, "x")]

# --- type-error
"a" + 1

# --- type-error-arguments
def f(a, *, b):
    return a

f(1, 2, c=3)

# --- type-error-not-callable
(5)()

# --- value-error
int("twelve")

# --- unpack-error
a, b = [1, 2, 3]

# --- unbound-local
def f():
    print(x)
    x = 1

f()

# --- assertion
assert 1 == 2, "numbers differ"

# --- assertion-without-message
assert []

# --- import-error
from math import no_such_function

# --- stop-iteration
next(iter([]))

# --- overflow
2.0 ** 5000

# --- int-too-long
int("9" * 5000)

# --- unicode-decode
b"\xff\xfe".decode("utf-8")

# --- unicode-encode
"ä".encode("ascii")

# --- file-not-found
open("/no/such/file")

# --- is-a-directory
open("/tmp", "w")

# --- file-exists
import os
os.mkdir("/tmp")

# --- recursion
def deeper(n):
    return deeper(n + 1)

try:
    deeper(0)
except RecursionError as error:
    print("RecursionError", error)

# --- runtime-error
raise RuntimeError("something", 5)

# --- raise-class
raise KeyError

# --- raise-nothing
raise

# --- raise-string
raise "text"

# --- not-implemented
def f():
    raise NotImplementedError

f()

# --- own-exception
class TooMuch(Exception):
    """Own."""

    def __str__(self):
        return "far too much"

raise TooMuch(5)

# --- own-exception-bad-str
class Bad(Exception):
    def __str__(self):
        raise ValueError("no text")

raise Bad()

# --- chained-from
try:
    {}["x"]
except KeyError as error:
    raise ValueError("no x") from error

# --- chained-implicit
try:
    1 / 0
except ZeroDivisionError:
    [][0]

# --- chained-from-none
try:
    1 / 0
except ZeroDivisionError:
    raise ValueError("hidden cause") from None

# --- chained-thrice
def a():
    raise KeyError("a")

def b():
    try:
        a()
    except KeyError as e:
        raise TypeError("b") from e

try:
    b()
except TypeError:
    raise ValueError("c")

# --- notes
error = ValueError("with notes")
error.add_note("first note")
error.add_note("second\nnote")
raise error

# --- group
raise ExceptionGroup("several", [ValueError(1), TypeError("two")])

# --- group-nested
def make(kind, text):
    try:
        raise kind(text)
    except kind as error:
        return error

raise ExceptionGroup("outer", [make(ValueError, "v"), ExceptionGroup("inner", [make(OSError, "o")])])

# --- except-star
try:
    raise ExceptionGroup("g", [ValueError(1), TypeError(2), ValueError(3)])
except* ValueError as group:
    print(len(group.exceptions), group.message)
except* TypeError as group:
    print("type", group.exceptions)

# --- except-star-rest
try:
    raise ExceptionGroup("g", [ValueError(1), OSError("left")])
except* ValueError:
    print("one")

# --- base-group
raise BaseExceptionGroup("base", [KeyboardInterrupt(), ValueError(1)])

# --- deep-traceback
def f(n):
    if n == 0:
        raise ValueError("bottom")
    f(n - 1)

f(30)

# --- multi-line-call
def f(*values):
    return values[0] / values[1]

f(
    1,
    0,
)

# --- carets-in-expression
d = {"a": {"b": None}}
d["a"]["b"]["c"]

# --- carets-wide-characters
s = "日本" + "語" + 5

# --- error-in-lambda
(lambda x: x.missing)(5)

# --- error-in-comprehension
[1 / n for n in (2, 1, 0)]

# --- error-in-generator
def g():
    yield 1
    raise ValueError("in generator")

list(g())

# --- error-in-class-body
class C:
    x = 1
    y = x + "a"

# --- error-in-decorator
def wrap(f):
    raise TypeError("cannot wrap")

@wrap
def g():
    pass

# --- error-in-property
class C:
    @property
    def p(self):
        return self.q

C().p

# --- error-in-del
class C:
    def __del__(self):
        raise ValueError("in del")

c = C()
del c
print("after")

# --- error-in-exit
class M:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        raise RuntimeError("in exit")

with M():
    1 / 0

# --- error-in-library
import json
json.loads("{bad}")

# --- error-in-library-callback
sorted([3, "a", 2])

# --- error-in-repr-of-library
import decimal
decimal.Decimal("x")

# --- error-in-eval
eval("1 +* 2")

# --- error-in-exec
exec("x = 1\ny = x.z\n")

# --- error-in-compiled
code = compile("def f():\n    return 1 / 0\n", "mine.py", "exec")
exec(code)
f()

# --- syntax-error (whole)
x = = 1

# --- syntax-unclosed (whole)
print((1, 2)
y = 3

# --- syntax-invalid-token (whole)
a = 5 $ 3

# --- syntax-unterminated-string (whole)
s = 'abc

# --- syntax-missing-colon (whole)
if True
    print(1)

# --- syntax-indentation (whole)
def f():
return 1

# --- syntax-unexpected-indent (whole)
x = 1
  y = 2

# --- syntax-tabs (whole)
if True:
        x = 1
	y = 2

# --- syntax-return-outside (whole)
x = 1
return x

# --- syntax-break-outside (whole)
break

# --- syntax-yield-outside (whole)
yield 1

# --- syntax-await-in-function (whole)
def f():
    await g()

# --- syntax-assign-literal (whole)
5 = x

# --- syntax-assign-call (whole)
f() = 1

# --- syntax-keyword-repeated (whole)
f(a=1, a=2)

# --- syntax-duplicate-argument (whole)
def f(a, a):
    pass

# --- syntax-nonlocal (whole)
def f():
    nonlocal x

# --- syntax-global-after-use (whole)
def f():
    x = 1
    global x

# --- syntax-print-statement (whole)
print "hello"

# --- syntax-fstring (whole)
f"{1 +}"

# --- syntax-fstring-unclosed (whole)
f"{x"

# --- syntax-bad-escape (whole)
"\x1"

# --- syntax-non-utf8-identifier (whole)
x€ = 1

# --- syntax-expected-except (whole)
try:
    x = 1
y = 2

# --- syntax-equals-in-condition (whole)
if x = 1:
    pass

# --- syntax-starred (whole)
*a

# --- syntax-walrus-at-top (whole)
x := 1

# --- syntax-match-irrefutable (whole)
match 1:
    case x:
        pass
    case 2:
        pass

# --- syntax-leading-zero (whole)
x = 012

# --- syntax-nul (whole)
exec("a\0b")

# --- syntax-keyword-typo (whole)
whille True:
    pass

# --- syntax-import-star-in-function (whole)
def f():
    from os import *

# --- syntax-delete-literal (whole)
del 5

# --- syntax-too-deep
eval("(" * 250 + ")" * 250)

# --- syntax-error-object
try:
    compile("a b\n", "x.py", "exec")
except SyntaxError as e:
    print(e.filename, e.lineno, e.offset, e.end_offset, repr(e.text), e.msg)

# --- sys-exit-none
import sys
print("before")
sys.exit()

# --- sys-exit-number
import sys
sys.exit(3)

# --- sys-exit-text
import sys
sys.exit("a reason")

# --- sys-exit-caught
import sys
try:
    sys.exit(4)
except SystemExit as error:
    print("code", error.code)

# --- keyboard-interrupt
try:
    raise KeyboardInterrupt("mine")
except KeyboardInterrupt as error:
    print(repr(error))

# --- generator-exit
raise GeneratorExit("x")

# --- excepthook (alone)
import sys
sys.excepthook = lambda *a: print("hook", a[0].__name__)
1 / 0

# --- print-exc
import traceback

def f():
    return 1 / 0

try:
    f()
except ZeroDivisionError:
    traceback.print_exc()

# --- format-exc-chain
import traceback
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise OSError(2, "no file") from e
except OSError:
    print(traceback.format_exc())

# --- oserror-fields
try:
    open("/no/such")
except OSError as e:
    print(e.errno, e.strerror, e.filename, type(e).__name__)

# --- exception-hierarchy
print(ConnectionResetError.__mro__)
print(issubclass(ModuleNotFoundError, ImportError))

# --- exception-arguments
e = ValueError("a", 1)
print(e.args, str(e), repr(e))
print(str(KeyError("k")), repr(KeyError("k")), str(KeyError()))

# --- with-traceback
def f():
    raise ValueError("x")

try:
    f()
except ValueError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_lineno, tb.tb_frame.f_code.co_name)
        tb = tb.tb_next

# --- finally-order
def f():
    try:
        print("try")
        return "returned"
    finally:
        print("finally")

print(f())

# --- finally-swallows
def f():
    for n in range(3):
        try:
            1 / 0
        except ZeroDivisionError:
            continue
        finally:
            print("f", n)

f()

# --- else-clause
try:
    x = 1
except ValueError:
    print("no")
else:
    print("else", x)

# --- warning-as-error (alone)
import warnings
warnings.simplefilter("error")
warnings.warn("now an error", UserWarning)

# --- repeated-frames
def a(n):
    return b(n)

def b(n):
    if n > 6:
        raise ValueError(n)
    return a(n + 1)

a(0)
