# --- list-ops
a = [3, 1, 2]
a.sort(reverse=True)
a.insert(1, 9)
a += [4]
print(a, a.index(9), a[::-1], a[-2:], a.count(4))
del a[1:3]
a

# --- list-remove-error
[1].remove(2)

# --- slice-assign
a = list(range(6))
a[::2] = "xyz"
a[1:1] = [0, 0]
a

# --- slice-assign-error
a = [1, 2, 3]
a[::2] = [1]

# --- sort-key
words = ["banana", "kiwi", "Apple"]
sorted(words, key=str.lower), sorted(words, key=lambda w: (-len(w), w))

# --- dict-ops
d = {"a": 1}
d |= {"b": 2}
d.setdefault("c", []).append(5)
print(d.pop("a"), d.get("zz", "none"), list(d.items()), {**d, "x": 1} | {"y": 2})
list(reversed(d))

# --- dict-changed-size
d = {"a": 1}
for k in d:
    d[k + "x"] = 1

# --- dict-unhashable
{[1]: 2}

# --- dict-order
d = dict(b=1, a=2)
d["b"] = 3
d.popitem(), d

# --- set-ops
a, b = {1, 2, 3}, {2, 3, 4}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), a <= {1, 2, 3, 4}, a.isdisjoint({9}))

# --- tuple-ops
t = (1, 2, 3)
first, *rest = t
print(first, rest, t + (4,), t.index(2))
t[0] = 5

# --- comprehension
{n: [m for m in range(n) if m % 2] for n in range(4)}, {len(w) for w in ("a", "bb", "cc")}

# --- unpacking
a, (b, *c), d = 1, (2, 3, 4), 5
print(a, b, c, d, [*c, *range(2)], {**{"a": 1}})

# --- namedtuple
from collections import namedtuple
P = namedtuple("P", "x y", defaults=[0])
p = P(1)
print(p, p._asdict(), p._replace(x=5), P._fields, p == (1, 0))
P(1, 2, 3)

# --- typing-namedtuple
from typing import NamedTuple

class Emp(NamedTuple):
    name: str
    id: int = 3

Emp("a")

# --- counter
from collections import Counter
c = Counter("mississippi")
print(c.most_common(2), c["z"], sum(c.values()), c - Counter("miss"), +Counter(a=-1, b=2))

# --- deque
from collections import deque
d = deque(range(5), maxlen=4)
d.rotate(1)
d.appendleft(9)
print(d, d.popleft(), list(d))
deque().pop()

# --- defaultdict-error
from collections import defaultdict
d = defaultdict(int)
d["x"] += 1
print(d, d.default_factory)
defaultdict(None)["q"]

# --- ordereddict
from collections import OrderedDict
d = OrderedDict(a=1, b=2, c=3)
d.move_to_end("a")
print(d, d.popitem(last=False), d == OrderedDict(c=3, a=1), d == {"a": 1, "c": 3})

# --- chainmap
from collections import ChainMap
base, over = {"a": 1, "b": 2}, {"a": 9}
c = ChainMap(over, base)
c["new"] = 0
print(c["a"], c["b"], over, c.maps, c.new_child({"z": 1})["z"])

# --- user-classes
from collections import UserDict, UserList, UserString

class Lower(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)

print(Lower(A=1, B=2), UserList([1]) + [2], UserString("ab").upper())

# --- abc-collections
from collections.abc import Mapping, Sequence

class Squares(Sequence):
    def __len__(self):
        return 4

    def __getitem__(self, n):
        if not 0 <= n < 4:
            raise IndexError(n)
        return n * n

s = Squares()
print(list(s), 9 in s, s.index(4), list(reversed(s)), isinstance({}, Mapping))

# --- abc-incomplete
from collections.abc import Iterator

class I(Iterator):
    pass

I()

# --- itertools-1
from itertools import *
print(list(islice(count(5, 2), 3)), list(islice(cycle("ab"), 5)), list(repeat(1, 2)))
print(list(accumulate([1, 2, 3])), list(chain("ab", [1])), list(compress("abc", [1, 0, 1])))
print(list(dropwhile(lambda x: x < 3, [1, 5, 2])), list(takewhile(lambda x: x < 3, [1, 5, 2])))
[(k, list(g)) for k, g in groupby("aabbca")]

# --- itertools-2
import itertools as it
print(list(it.product("ab", repeat=2)), list(it.permutations([1, 2, 3], 2)))
print(list(it.combinations("abc", 2)), list(it.combinations_with_replacement("ab", 2)))
print(list(it.zip_longest("abc", "x", fillvalue="-")), list(it.pairwise("abc")), list(it.batched("abcde", 2)))
print(list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.filterfalse(str.isdigit, "a1b")))
a, b = it.tee([1, 2])
list(a), list(b)

# --- functools
from functools import cache, cmp_to_key, lru_cache, partial, reduce

@lru_cache(maxsize=2)
def f(n):
    print("called", n)
    return n * 2

f(1), f(1), f(2), f(3), f(1)
print(f.cache_info(), reduce(lambda a, b: a * b, range(1, 6)), partial(pow, exp=2)(3))
sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a))

# --- singledispatch
from functools import singledispatch, singledispatchmethod

@singledispatch
def show(x):
    return f"any {x}"

@show.register
def _(x: int):
    return f"int {x}"

@show.register(list)
def _(x):
    return f"list of {len(x)}"

[show("a"), show(5), show([1]), show(True)]

# --- total-ordering
from functools import total_ordering

@total_ordering
class V:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n

V(1) <= V(1), V(2) > V(1), V(1) != V(2)

# --- cached-property
from functools import cached_property, wraps

class C:
    @cached_property
    def p(self):
        print("computed")
        return 5

c = C()
c.p + c.p, c.__dict__

# --- wraps
from functools import wraps

def logged(f):
    @wraps(f)
    def inner(*args):
        print("->", f.__name__, args)
        return f(*args)
    return inner

@logged
def add(a, b):
    """Adds."""
    return a + b

add(1, 2), add.__name__, add.__doc__

# --- heapq
import heapq
h = [5, 3, 8, 1]
heapq.heapify(h)
heapq.heappush(h, 2)
print([heapq.heappop(h) for _ in range(3)], heapq.nlargest(2, h), list(heapq.merge([1, 4], [2, 3])))
heapq.heappop([])

# --- bisect
import bisect
a = [1, 3, 3, 5]
bisect.insort(a, 4)
print(a, bisect.bisect_left(a, 3), bisect.bisect_right(a, 3), bisect.bisect([("a", 1)], 2, key=lambda t: t[1]))

# --- array
import array
a = array.array("d", [1.5, 2])
a.append(3)
print(a, a.itemsize, a.tobytes()[:8], array.array("u", "ab").tounicode() if False else a.tolist())
array.array("b", [200])

# --- queue
import queue
q = queue.PriorityQueue()
for x in (3, 1, 2):
    q.put((x, "item"))
print(q.get(), q.qsize(), queue.LifoQueue().empty())
queue.Queue(maxsize=1).get_nowait()

# --- operator
import operator as op
d = {"a": [10, 20]}
print(op.itemgetter("a")(d), op.attrgetter("real")(5), op.methodcaller("upper")("x"), op.truediv(1, 4), op.concat([1], [2]))
sorted([(1, "b"), (0, "c")], key=op.itemgetter(1)), op.length_hint(iter([1, 2])), op.index(True)

# --- copy
import copy
a = [1, [2, 3], {"k": {4}}]
b, c = copy.copy(a), copy.deepcopy(a)
a[1].append(9)
print(b, c, b[1] is a[1], copy.replace(copy, __name__="x") if False else "")

# --- copy-hooks
import copy

class C:
    def __init__(self, n):
        self.n = n

    def __copy__(self):
        return C(self.n + 1)

    def __deepcopy__(self, memo):
        return C(self.n + 100)

copy.copy(C(1)).n, copy.deepcopy([C(1)])[0].n

# --- copy-replace
import copy
import dataclasses

@dataclasses.dataclass(frozen=True)
class P:
    x: int
    y: int = 0

copy.replace(P(1), y=5)

# --- pickle
import pickle
value = {"a": [1, (2, 3)], "b": {4}, "c": 5 + 1j, "d": b"x", "e": None}
[pickle.loads(pickle.dumps(value, protocol)) == value for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]

# --- pickle-own-class
import pickle

class Node:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return self.value == other.value

restored = pickle.loads(pickle.dumps(Node([1, 2])))
type(restored) is Node, restored == Node([1, 2])

# --- pickle-function
import pickle

def f(x):
    return x + 1

pickle.loads(pickle.dumps(f))(5)

# --- pickle-lambda
import pickle
pickle.dumps(lambda: 1)

# --- pickle-reduce
import pickle

class Conn:
    def __init__(self, host):
        self.host = host

    def __reduce__(self):
        return Conn, (self.host + "!",)

pickle.loads(pickle.dumps(Conn("h"))).host

# --- pickle-state
import pickle

class S:
    def __getstate__(self):
        return {"v": 7}

    def __setstate__(self, state):
        self.restored = state["v"]

pickle.loads(pickle.dumps(S())).restored

# --- pickle-bad
import pickle
pickle.loads(b"garbage")

# --- pickletools
import pickle
import pickletools
pickletools.dis(pickle.dumps([1, "a"], 2))

# --- shelve (alone)
import shelve
with shelve.open("/tmp/shelf") as db:
    db["k"] = [1, 2]
with shelve.open("/tmp/shelf") as db:
    print(dict(db))

# --- marshal
import marshal
marshal.loads(marshal.dumps([1, "a", (None, 2.5)]))

# --- struct
import struct
packed = struct.pack("<hIf4s?", -2, 7, 1.5, b"ab", True)
print(packed, struct.unpack("<hIf4s?", packed), struct.calcsize("@iq"))
list(struct.iter_unpack(">H", b"\0\1\0\2")), struct.Struct("!2B").unpack_from(b"abc", 1)

# --- struct-error
import struct
struct.unpack("<I", b"abc")

# --- struct-range
import struct
struct.pack("b", 300)

# --- dataclass-features
from dataclasses import KW_ONLY, asdict, astuple, dataclass, field, fields, make_dataclass, replace

@dataclass(order=True)
class P:
    x: int
    y: float = 0.0
    _: KW_ONLY
    tags: list = field(default_factory=list, compare=False, repr=False)

    def __post_init__(self):
        self.x = int(self.x)

p = P("3", tags=["a"])
print(p, asdict(p), astuple(p), replace(p, y=2), P(1) < P(2), [f.name for f in fields(P)])
make_dataclass("D", [("a", int)])(5)

# --- dataclass-frozen
from dataclasses import dataclass

@dataclass(frozen=True)
class F:
    a: int

print(hash(F(1)) == hash(F(1)))
F(1).a = 2

# --- dataclass-default-error
from dataclasses import dataclass

@dataclass
class D:
    x: list = []

# --- dataclass-missing
from dataclasses import dataclass

@dataclass
class D:
    x: int

D()

# --- dataclass-inherit
from dataclasses import dataclass, field, InitVar

@dataclass
class A:
    a: int = 1
    scale: InitVar[int] = 2

    def __post_init__(self, scale):
        self.a *= scale

@dataclass
class B(A):
    b: str = "x"

B(5), B.__match_args__

# --- dataclass-postponed
from __future__ import annotations
from dataclasses import dataclass, fields
from typing import ClassVar

@dataclass
class Node:
    value: int
    next: Node | None = None
    count: ClassVar[int] = 0

[(f.name, f.type) for f in fields(Node)]

# --- enum-features
import enum

class Colour(enum.Enum):
    RED = enum.auto()
    GREEN = enum.auto()
    CRIMSON = RED

print(list(Colour), Colour["GREEN"], Colour(1), Colour.CRIMSON is Colour.RED, Colour.__members__)
Colour(7)

# --- enum-flags
import enum

class P(enum.Flag):
    R = enum.auto()
    W = enum.auto()
    X = enum.auto()
    RW = R | W

print(P.R | P.X, P.RW, P.W in P.RW, list(P.RW), ~P.R, P(0), P(5))
P(99)

# --- enum-methods
import enum

class Planet(enum.Enum):
    EARTH = (5.97, 6.37)

    def __init__(self, mass, radius):
        self.mass = mass

    @property
    def heavy(self):
        return self.mass > 1

    @classmethod
    def _missing_(cls, value):
        return cls.EARTH if value == "home" else None

Planet.EARTH.heavy, Planet("home"), repr(Planet.EARTH)

# --- enum-duplicate
import enum

@enum.unique
class D(enum.Enum):
    A = 1
    B = 1

# --- int-enum
import enum

class N(enum.IntEnum):
    ONE = 1

print(N.ONE + 1, f"{N.ONE}", repr(N.ONE), isinstance(N.ONE, int))

# --- enum-functional
import enum
A = enum.Enum("A", "X Y")
[A.X, enum.StrEnum("S", ["UP"]).UP]

# --- types-module
import types
ns = types.SimpleNamespace(a=1)
ns.b = 2
print(ns, types.MappingProxyType({"x": 1})["x"], types.new_class("N", (int,))(5))
types.MappingProxyType({})["q"] = 1

# --- weakref
import gc
import weakref

class C:
    def __repr__(self):
        return "<C>"

c = C()
r = weakref.ref(c, lambda _: print("gone"))
d = weakref.WeakValueDictionary(k=c)
print(r(), list(d.items()))
weakref.finalize(c, print, "finalised")
del c
print(gc.collect() > 0)
r(), list(d)

# --- weakref-error
import weakref
weakref.ref(5)

# --- graphlib
from graphlib import CycleError, TopologicalSorter
print(list(TopologicalSorter({"c": ["b"], "b": ["a"]}).static_order()))
list(TopologicalSorter({"a": ["b"], "b": ["a"]}).static_order())

# --- sum-zip-errors
print(sum([[1], [2]], []), all([]), any([0, ""]), min([3, 1], default=0), max("ab", key=ord))
list(zip([1, 2], [3], strict=True))

# --- min-empty
min([])

# --- iter-sentinel
values = iter([1, 2, 0, 3])
list(iter(lambda: next(values), 0)), list(map(lambda a, b: a + b, [1, 2], [3, 4, 5]))

# --- big-ints
n = 3 ** 400
print(n % 10 ** 20, n.bit_length(), (-7) // 2, -7 % 3, divmod(-7, 2), pow(3, -1, 11), n.bit_count())
(255).to_bytes(2, "big"), int.from_bytes(b"\x01\x00", "little"), (-1).to_bytes(2, signed=True)

# --- int-ops-errors
1 << -1

# --- round-half
[round(x) for x in (0.5, 1.5, 2.5, -0.5)], round(2.675, 2), round(1234, -2), round(5.0)

# --- hash-collections
hash((1, 2)) == hash((1, 2)), hash(1) == hash(1.0) == hash(True), {1: "a", 1.0: "b", True: "c"}

# --- slots
class S:
    __slots__ = ("a",)

s = S()
s.a = 1
print(s.a)
s.b = 2

# --- sort-stability
data = [("b", 1), ("a", 1), ("c", 0)]
sorted(data, key=lambda t: t[1]), sorted(data, reverse=True)

# --- sort-nan
sorted([3.0, float("nan"), 1.0])[0] == 3.0, float("nan") in [float("nan")]
