# packages: matplotlib

# --- import-only
import matplotlib
matplotlib.__name__, hasattr(matplotlib, "pyplot")

# --- savefig
import io
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
fig, ax = plt.subplots(figsize=(2, 1), dpi=50)
ax.plot([1, 2, 3], label="line")
ax.set_title("Title")
ax.legend()
b = io.BytesIO()
fig.savefig(b, format="png")
plt.close(fig)
b.getvalue()[:8]

# --- svg
import io
import matplotlib
matplotlib.use("svg")
import matplotlib.pyplot as plt
fig, ax = plt.subplots()
ax.bar(["a", "b"], [1, 2])
b = io.StringIO()
fig.savefig(b, format="svg")
plt.close(fig)
"</svg>" in b.getvalue()

# --- object-interface
from matplotlib.figure import Figure
f = Figure(figsize=(1, 1))
a = f.subplots()
line, = a.plot([0, 1], [1, 0], "r--")
line.get_color(), line.get_linestyle(), a.get_xlim()

# --- colours
from matplotlib import colormaps, colors
colors.to_hex("tab:blue"), colors.to_rgba("#ff000080"), colormaps["viridis"](0.5)

# --- bad-colour
from matplotlib import colors
colors.to_rgba("no colour")

# --- shape-error
from matplotlib.figure import Figure
Figure().subplots().plot([1, 2], [1, 2, 3])

# --- dates-and-ticks
import matplotlib.ticker as t
t.MaxNLocator(4).tick_values(0, 10), t.FuncFormatter(lambda x, p: f"<{x}>")(5)
