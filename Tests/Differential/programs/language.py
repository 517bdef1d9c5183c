# --- class-basics
class Animal:
    """A doc."""
    count = 0

    def __init__(self, name):
        self.name = name
        Animal.count += 1

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"

    @classmethod
    def make(cls, *names):
        return [cls(n) for n in names]

    @staticmethod
    def add(a, b):
        return a + b

class Dog(Animal):
    def __init__(self, name):
        super().__init__(name + "!")

print(Dog.make("a", "b"), Animal.count, Dog.__mro__, Animal.__doc__, Dog.add(1, 2))
Dog("x")

# --- diamond
class A:
    def f(self):
        return ["A"]

class B(A):
    def f(self):
        return ["B"] + super().f()

class C(A):
    def f(self):
        return ["C"] + super().f()

class D(B, C):
    def f(self):
        return ["D"] + super().f()

D().f()

# --- mro-conflict
class A: pass
class B(A): pass
class C(A, B): pass

# --- properties
class T:
    def __init__(self):
        self._c = 0

    @property
    def f(self):
        return self._c * 9 / 5 + 32

    @f.setter
    def f(self, value):
        self._c = (value - 32) * 5 / 9

    @f.deleter
    def f(self):
        print("deleted")

t = T()
t.f = 212
print(t._c)
del t.f
T.f = 5
t.f

# --- property-readonly
class R:
    @property
    def p(self):
        return 1

R().p = 2

# --- descriptor
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, kind):
        return self if obj is None else getattr(obj, self.name)

    def __set__(self, obj, value):
        if value < 0:
            raise ValueError(f"{self.name[1:]} must be positive")
        setattr(obj, self.name, value)

class P:
    n = Positive()

p = P()
p.n = 5
print(p.n)
p.n = -1

# --- dunder-arithmetic
class V:
    def __init__(self, *c):
        self.c = c

    def __add__(self, o):
        return V(*(a + b for a, b in zip(self.c, o.c)))

    def __mul__(self, k):
        return V(*(a * k for a in self.c)) if isinstance(k, int) else NotImplemented

    __rmul__ = __mul__

    def __neg__(self):
        return self * -1

    def __bool__(self):
        return any(self.c)

    def __eq__(self, o):
        return self.c == o.c

    def __repr__(self):
        return f"V{self.c}"

print(V(1, 2) + V(3, 4), 3 * V(1, 2), -V(1, 1), bool(V(0, 0)), V(1) == V(1))
hash(V(1))

# --- dunder-container
class L:
    def __getitem__(self, k):
        print("get", k)
        return 5

    def __setitem__(self, k, v):
        print("set", k, v)

    def __delitem__(self, k):
        print("del", k)

    def __contains__(self, k):
        return k == 3

    def __len__(self):
        return 7

x = L()
x[1:2, ...] = 3
del x["a"]
x[1, 2], 3 in x, len(x)

# --- dunder-attributes
class G:
    def __getattr__(self, name):
        return f"<{name}>"

    def __setattr__(self, name, value):
        print("set", name)
        super().__setattr__(name, value)

    def __dir__(self):
        return ["z", "a"]

g = G()
g.x = 1
g.x, g.y, dir(g)

# --- call-and-format
class F:
    def __call__(self, *args, **kw):
        return args, kw

    def __format__(self, spec):
        return f"formatted with {spec!r}"

F()(1, a=2), f"{F():xyz}", callable(F())

# --- new-and-singleton
class S:
    _one = None

    def __new__(cls):
        if not cls._one:
            cls._one = super().__new__(cls)
        return cls._one

S() is S()

# --- init-subclass
class Plugin:
    registry = {}

    def __init_subclass__(cls, /, key, **kw):
        super().__init_subclass__(**kw)
        Plugin.registry[key] = cls.__name__

class One(Plugin, key="one"):
    pass

print(Plugin.registry)

class Two(Plugin):
    pass

# --- metaclass
class Meta(type):
    @classmethod
    def __prepare__(meta, name, bases, **kw):
        print("prepare", name, kw)
        return {}

    def __new__(meta, name, bases, ns, **kw):
        ns["added"] = sorted(k for k in ns if not k.startswith("_"))
        return super().__new__(meta, name, bases, ns)

    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)

    def __call__(cls, *args):
        print("call", args)
        return super().__call__(*args)

    def __len__(cls):
        return 42

class C(metaclass=Meta, option=1):
    x = 1

    def f(self): ...

C(), C.added, len(C), type(C)

# --- metaclass-conflict
class M1(type): pass
class M2(type): pass
class A(metaclass=M1): pass
class B(metaclass=M2): pass
class C(A, B): pass

# --- abc
from abc import ABC, abstractmethod

class Shape(ABC):
    @abstractmethod
    def area(self): ...

    @property
    @abstractmethod
    def name(self): ...

class Square(Shape):
    name = "square"

    def area(self):
        return 4

print(Square().area(), issubclass(Square, Shape))
Shape()

# --- abc-register
from abc import ABC

class Duck(ABC):
    @classmethod
    def __subclasshook__(cls, other):
        return hasattr(other, "quack") or NotImplemented

class X:
    def quack(self): ...

Duck.register(int)
isinstance(X(), Duck), isinstance(5, Duck), isinstance("", Duck)

# --- match-values
def f(x):
    match x:
        case 0 | 1:
            return "small"
        case int(n) if n < 0:
            return f"negative {n}"
        case str() as s:
            return f"text {s}"
        case [1, *rest]:
            return f"list {rest}"
        case {"k": v, **others}:
            return f"dict {v} {others}"
        case None | True | False:
            return "constant"
        case _:
            return "other"

[f(x) for x in (0, -5, "a", [1, 2, 3], {"k": 1, "z": 2}, None, 2.5, (1,))]

# --- match-classes
from dataclasses import dataclass

@dataclass
class Point:
    x: int
    y: int

def where(p):
    match p:
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y):
            return f"on y at {y}"
        case Point(x, y) if x == y:
            return "diagonal"
        case Point():
            return "somewhere"

[where(p) for p in (Point(0, 0), Point(0, 5), Point(3, 3), Point(1, 2))]

# --- match-nested
match {"user": {"name": "Ann", "roles": ["admin", "dev"]}}:
    case {"user": {"name": name, "roles": [first, *_]}}:
        print(name, first)

# --- walrus
data = [1, 5, 9]
if (n := len(data)) > 2:
    print(n)
[y for x in data if (y := x * 2) > 5], y

# --- loops-else
for n in range(2, 8):
    for d in range(2, n):
        if n % d == 0:
            break
    else:
        print(n, end=" ")
else:
    print("end")
while False:
    pass
else:
    print("while else")

# --- generators
def g():
    try:
        x = yield 1
        print("got", x)
        yield from (y for y in "ab")
        return "value"
    finally:
        print("closed")

i = g()
print(next(i), i.send("hello"), next(i))
try:
    next(i)
except StopIteration as e:
    print(e.value)
j = g()
next(j)
j.close()
j.gi_frame

# --- generator-throw
def g():
    while True:
        try:
            yield 1
        except ValueError as e:
            print("caught", e)
            yield 2

i = g()
next(i), i.throw(ValueError("x"))

# --- generator-runtime-error
def g():
    yield 1
    raise StopIteration

list(g())

# --- yield-from
def inner():
    r = yield 1
    return r * 2

def outer():
    r = yield from inner()
    yield r

o = outer()
next(o), o.send(21)

# --- closures
def counter():
    n = 0

    def step():
        nonlocal n
        n += 1
        return n
    return step

c = counter()
c(), c(), c.__closure__[0].cell_contents, [f() for f in [lambda: i for i in range(3)]]

# --- globals-statement
total = 0

def add(n):
    global total
    total += n

add(5)
total, "add" in globals(), "total" in vars()

# --- arguments
def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    return a, b, c, args, d, e, kw

print(f(1, d=4), f(1, 2, 3, 4, 5, d=6, z=7), f(*[1, 2], **{"d": 3}))
f(1)

# --- argument-errors
def f(a, /, b):
    pass

f(a=1, b=2)

# --- mutable-default
def f(x, seen=[]):
    seen.append(x)
    return seen

f(1)
f(2)

# --- decorators
def repeat(n):
    def wrap(f):
        def inner(*a):
            return [f(*a) for _ in range(n)]
        return inner
    return wrap

class Count:
    def __init__(self, f):
        self.f, self.n = f, 0

    def __call__(self, *a):
        self.n += 1
        return self.f(*a), self.n

@Count
@repeat(2)
def hi(x):
    return f"hi {x}"

hi("a"), hi("b"), hi.n

# --- with-statements
from contextlib import *

@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    except KeyError as e:
        print("swallowed", e)
    finally:
        print(f"</{name}>")

with tag("a") as a, tag("b") as b:
    print(a, b)
    {}["q"]
with suppress(ZeroDivisionError), ExitStack() as stack:
    stack.callback(print, "callback")
    stack.enter_context(tag("c"))
    1 / 0

# --- redirect
import io
from contextlib import redirect_stderr, redirect_stdout
import sys
out = io.StringIO()
with redirect_stdout(out), redirect_stderr(out):
    print("inside")
    print("error", file=sys.stderr)
out.getvalue()

# --- closing-and-nullcontext
from contextlib import closing, nullcontext, chdir
with closing(open("/dev/null")) as f, nullcontext(5) as n:
    print(f.closed, n)
f.closed

# --- with-not-a-manager
with 5:
    pass

# --- contextvars
import contextvars
v = contextvars.ContextVar("v", default=1)
token = v.set(5)
c = contextvars.copy_context()
v.reset(token)
print(v.get(), c[v], c.run(v.get))
v

# --- type-hints
from typing import *

def f(a: int, b: "list[str]" = None, *c: float) -> dict[str, int] | None: ...

print(get_type_hints(f), f.__annotations__)
get_origin(dict[str, int]), get_args(Union[int, str]), Optional[int], Literal["a", 1], Callable[[int], str]

# --- generics
class Stack[T]:
    def __init__(self) -> None:
        self.items: list[T] = []

    def push(self, x: T) -> None:
        self.items.append(x)

def first[T: (int, str)](xs: list[T]) -> T:
    return xs[0]

type Pair[A] = tuple[A, A]
s = Stack[int]()
s.push(1)
print(s.items, Stack[int], first([5]), Pair, Pair.__value__, Stack.__type_params__)

# --- typed-dict-protocol
from typing import NotRequired, Protocol, TypedDict, runtime_checkable

class Movie(TypedDict):
    name: str
    year: NotRequired[int]

@runtime_checkable
class HasLen(Protocol):
    def __len__(self) -> int: ...

print(Movie(name="x"), Movie.__required_keys__, isinstance([], HasLen), isinstance(5, HasLen))

# --- annotations-deferred
class A:
    def f(self, other: Undefined) -> A: ...

try:
    print(A.f.__annotations__)
except NameError as e:
    print("NameError", e)
import annotationlib
print(annotationlib.get_annotations(A.f, format=annotationlib.Format.STRING))

# --- typing-errors
from typing import List
List[1, 2]

# --- name-mangling
class A:
    def __init__(self):
        self.__x = 1

a = A()
print(a._A__x, [n for n in vars(a)])
a.__x

# --- del-and-scope
x = 1
del x
x

# --- except-name-deleted
try:
    1 / 0
except ZeroDivisionError as e:
    pass
e

# --- comprehension-scope
x = "outer"
[x for x in range(3)]
class C:
    y = 5
    z = [y for _ in range(2)] if False else y
x, C.z

# --- star-expressions
def f(*a, **k):
    return a, k

a = [1, 2]
print([*a, *a], {*a}, (*a, 3), {**{"x": 1}, "y": 2}, f(*a, 9, *"b", **{"k": 1}))
first, *middle, last = range(5)
middle

# --- chained-comparison
1 < 2 < 3 > 2 == 2 != 1, 1 < (2 < 3), not 1 == 2, (1, 2) < (1, 3), [] or "x", 0 and 1

# --- ternary-and-lambda
f = lambda x, *a, k=1: "even" if x % 2 == 0 else "odd"
f(3), (lambda: (yield))().__class__.__name__

# --- numeric-literals
[0x_ff, 0b11, 0o17, 1_000, 1e3, 2j, .5, 5.]

# --- string-literals
r"\n", b"\x00", "a" "b", """x
y""", "\N{SNOWMAN}", rb"\d", f"{'a'}" "b", u"x"

# --- invalid-escape
"\d"

# --- is-literal-warning
x = 5
x is 5

# --- assert-tuple
assert (1, "always true")

# --- future-annotations
from __future__ import annotations

def f(x: Nowhere) -> Nothing: ...

f.__annotations__

# --- eval-exec
ns = {"a": 5}
exec("b = a * 2\ndef g(): return b", ns)
print(ns["g"](), eval("a + b", ns), eval("x + 1", {}, {"x": 1}), "b" in globals())
eval(compile("1 + 1", "<s>", "eval"))

# --- locals
def f():
    a = 1
    locals()["a"] = 5
    return a, locals()

f()

# --- dunder-main
print(__name__, __doc__, type(__builtins__).__name__)
if __name__ == "__main__":
    print("main")

# --- dunder-file
__file__

# --- import-main
import __main__
value = 5
__main__.value, __main__.__name__, __main__ is __import__("sys").modules["__main__"]

# --- class-in-main
class C:
    def f(self): ...

C.__module__, C.__qualname__, C.f.__qualname__, repr(C), C.f

# --- builtins
print(abs(-3), divmod(7, 2), hash("a") == hash("a"), isinstance(True, int), callable(print), id(5) == id(5))
print(sorted("bca"), list(filter(None, [0, 1, ""])), vars(type("X", (), {"a": 1}))["a"], hex(10), format(5, "03d"))
getattr(5, "nothing", "default"), hasattr("", "upper"), type("Y", (list,), {})([1])

# --- help
help(len)

# --- help-own
def documented(a: int, b=2):
    """Does things.

    More.
    """

class D:
    """A class."""

    def m(self):
        """A method."""

help(documented)
help(D)

# --- help-topic
help("keywords")

# --- dir
x = 1
def f(): ...
[n for n in dir() if not n.startswith("_")], "append" in dir(list)

# --- print-variants
print()
print(1, "a", None, sep="-", end="!\n")
print(*range(3), sep="\n")
print("no newline", end="")
print("\ttab", "a\rb")
print(["a"], {"b": 'c"'}, file=None)

# --- print-flush-stderr
import sys
print("out 1", flush=True)
print("err 1", file=sys.stderr, flush=True)
sys.stdout.write("out 2\n")
sys.stderr.write("err 2\n")

# --- print-partial-lines
import sys
sys.stdout.write("a")
sys.stderr.write("b")
sys.stdout.write("c\n")
sys.stderr.write("d\n")

# --- print-bad-arguments
print("x", sep=5)

# --- print-surrogate
print("\ud800")

# --- print-unicode
print("ä 日本 🐍 \u200d \u202e x")

# --- print-controls
print("a\x1b[31mred\x1b[0m\x00\x07b\x08c")

# --- print-long-line
print("y" * 20000)

# --- print-many-lines
for n in range(500):
    print("line", n)

# --- print-own-object
class O:
    def __str__(self):
        return "as text"

    def __repr__(self):
        return "as repr"

print(O(), [O()], f"{O()} {O()!r}")
O()

# --- print-str-raises
class O:
    def __str__(self):
        raise KeyError("in str")

print("before", O())

# --- stdout-buffer
import sys
sys.stdout.buffer.write(b"raw \xc3\xa4\n")
sys.stdout.flush()

# --- stdout-replaced (alone)
import io
import sys
old = sys.stdout
sys.stdout = io.StringIO()
print("captured")
text = sys.stdout.getvalue()
sys.stdout = old
text

# --- expressions-in-between
3 + 4
"text"
None
[1]
x = 5
x

# --- two-on-a-line
a = 1; b = 2; a + b

# --- blank-lines-in-function
def f():

    a = 1

    return a

f()

# --- continuation-lines
x = (1 +
     2)
y = [
    1,

    2,
]
z = 1 + \
    2
x, y, z

# --- triple-quoted
text = """line one

  line three
"""
text

# --- comment-lines
# first
x = 1  # after

# in between
def f():
    # inside
    return x  # end
# last
f()

# --- nested-functions-and-classes
def outer():
    class Inner:
        def method(self):
            def deep():
                return self.__class__.__qualname__
            return deep()
    return Inner()

outer().method()

# --- recursion-fine
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)

depth(500), __import__("sys").getrecursionlimit() > 500

# --- hanoi
def hanoi(n, a, b, c):
    return [] if n == 0 else hanoi(n - 1, a, c, b) + [(a, c)] + hanoi(n - 1, b, a, c)

len(hanoi(8, "a", "b", "c")), hanoi(2, "a", "b", "c")

# --- indented-program (whole)
    x = 1
    x + 1
