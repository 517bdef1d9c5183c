# packages: numpy

# --- arange
import numpy as np
np.arange(6).reshape(2, 3)

# --- scalar
import numpy as np
[np.float64(1.5), np.int32(3), np.bool_(True), np.float32(0.1)]

# --- scalar-alone
import numpy as np
np.int64(7)

# --- float-scalar-alone
import numpy as np
np.float64(2.0)

# --- float-scalar-fraction
import numpy as np
np.float64(2.5)

# --- str-scalar
import numpy as np
np.str_("text")

# --- zero-dimensions
import numpy as np
np.array(5)

# --- nan-array
import numpy as np
np.array([1.0, np.nan, np.inf])

# --- complex-array
import numpy as np
np.array([1 + 2j])

# --- datetime-array
import numpy as np
np.array(["2026-01-01", "NaT"], dtype="datetime64[D]")

# --- datetime-scalar
import numpy as np
np.datetime64("2026-11-28T10:00"), np.timedelta64(5, "h")

# --- object-array
import numpy as np
np.array([1, "a", None], dtype=object)

# --- structured-array
import numpy as np
np.array([(1, 2.5, "x")], dtype=[("a", "i4"), ("b", "f8"), ("c", "U3")])

# --- masked-array
import numpy as np
np.ma.array([1, 2, 3], mask=[0, 1, 0])

# --- matrix
import numpy as np
np.matrix([[1, 2], [3, 4]])

# --- dict-with-arrays
import numpy as np
{"a": np.zeros(2), "n": np.int8(5), "l": [np.float64("nan")]}

# --- bool-array
import numpy as np
np.array([1, 2, 3]) > 1

# --- large-array
import numpy as np
np.zeros((300, 300))

# --- very-large-array
import numpy as np
np.arange(10 ** 7)

# --- dtype
import numpy as np
[np.dtype("float32"), np.float64, np.arange(3).dtype]

# --- printing
import numpy as np
print(np.linspace(0, 1, 5), np.eye(2), np.array([1e-10, 1e10]), sep="\n")
np.set_printoptions(precision=2)
print(np.array([1 / 3]))
np.set_printoptions(precision=8)

# --- operations
import numpy as np
a = np.array([[1.0, 2], [3, 4]])
print(a.sum(axis=0), a @ a, a.T, a.mean(), a.std(), np.linalg.det(a).round(6))
np.linalg.inv(a), np.linalg.eigvals(a), np.where(a > 2, a, 0)

# --- random-seeded
import numpy as np
rng = np.random.default_rng(42)
rng.integers(0, 100, 5), rng.normal(size=2), rng.choice(["a", "b"], 3)

# --- random-legacy (alone)
import numpy as np
np.random.seed(1)
np.random.rand(3), np.random.randint(0, 9, 4)

# --- broadcasting-error
import numpy as np
np.zeros((2, 3)) + np.zeros((4,))

# --- index-error
import numpy as np
np.arange(3)[5]

# --- zero-division-warning
import numpy as np
np.array([1.0]) / np.array([0.0])

# --- overflow-warning
import numpy as np
np.int8(100) + np.int8(100)

# --- errstate
import numpy as np
with np.errstate(all="raise"):
    np.array([1.0]) / 0

# --- linalg-error
import numpy as np
np.linalg.inv(np.zeros((2, 2)))

# --- fft-polynomials
import numpy as np
np.fft.fft([1, 0, 0, 0]).real, np.polyfit([0, 1, 2], [1, 3, 5], 1).round(6), np.roots([1, -3, 2])

# --- save-load
import io
import numpy as np
b = io.BytesIO()
np.save(b, np.arange(3))
b.seek(0)
np.load(b), np.loadtxt(io.StringIO("1 2\n3 4"))

# --- testing
import numpy as np
np.testing.assert_array_equal([1, 2], [1, 3])

# --- iterator
import numpy as np
np.nditer(np.arange(3))

# --- memory-error
import numpy as np
np.zeros(10 ** 13)

# --- bytes-view
import numpy as np
np.arange(3, dtype="u1").tobytes(), memoryview(np.arange(2, dtype="u1"))

# --- ragged
import numpy as np
np.array([[1], [1, 2]])
