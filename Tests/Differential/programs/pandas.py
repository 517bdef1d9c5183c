# packages: pandas

# --- frame
import pandas as pd
pd.DataFrame({"a": [1, 2], "b": ["x", None]})

# --- series
import pandas as pd
pd.Series([1.5, None, 3], name="s")

# --- index
import pandas as pd
pd.Index(["a", "b"]), pd.RangeIndex(3), pd.date_range("2026-01-01", periods=2)

# --- timestamp
import pandas as pd
pd.Timestamp("2026-11-28 10:00")

# --- timestamps-and-nat
import pandas as pd
[pd.Timestamp("2026-11-28", tz="UTC"), pd.Timedelta("1D"), pd.NaT, pd.NA, pd.Interval(0, 1)]

# --- nat-alone
import pandas as pd
pd.NaT

# --- records-with-nat
import pandas as pd
pd.DataFrame({"id": [1, 2], "done": pd.to_datetime(["2024-01-01", None])}).to_dict("records")

# --- to-dict
import pandas as pd
pd.DataFrame({"a": [1, 2]}, index=["x", "y"]).to_dict()

# --- describe
import pandas as pd
print(pd.DataFrame({"n": [1, 2, 3, 4], "f": [0.5, 1.5, 2.5, 3.5]}).describe())

# --- print-wide
import pandas as pd
print(pd.DataFrame({f"column_{n}": [n] * 2 for n in range(30)}))

# --- print-long
import pandas as pd
print(pd.DataFrame({"a": range(200)}))

# --- print-series
import pandas as pd
print(pd.Series(range(100)))

# --- groupby
import pandas as pd
d = pd.DataFrame({"k": list("aabb"), "v": [1, 2, 3, 4]})
print(d.groupby("k").agg({"v": ["sum", "mean"]}))
d.groupby("k")["v"].sum().to_dict()

# --- merge-pivot
import pandas as pd
l = pd.DataFrame({"k": [1, 2], "a": ["x", "y"]})
r = pd.DataFrame({"k": [2, 3], "b": [5, 6]})
print(l.merge(r, how="outer", on="k"))
print(pd.DataFrame({"r": [1, 1, 2], "c": ["p", "q", "p"], "v": [1, 2, 3]}).pivot_table(index="r", columns="c", values="v"))

# --- csv
import io
import pandas as pd
d = pd.read_csv(io.StringIO("a,b,when\n1,x,2026-01-01\n2,,2026-02-01\n"), parse_dates=["when"])
print(d.dtypes, d, sep="\n")
d.to_csv(index=False), d.to_json(orient="records", date_format="iso")

# --- info
import pandas as pd
pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}).info()

# --- resample
import pandas as pd
s = pd.Series(range(6), index=pd.date_range("2026-01-01", periods=6, freq="12h"))
print(s.resample("D").sum())
s.rolling(2).mean().tolist()

# --- time-zone
import pandas as pd
pd.Timestamp("2026-07-01").tz_localize("Europe/Berlin")

# --- categorical
import pandas as pd
c = pd.Categorical(["lo", "hi", "lo"], categories=["lo", "hi"], ordered=True)
print(c, c.codes)
pd.cut([1, 5, 9], 3, labels=False)

# --- multiindex
import pandas as pd
d = pd.DataFrame({"v": [1, 2, 3]}, index=pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)], names=["l", "n"]))
print(d.unstack())
d

# --- key-error
import pandas as pd
pd.DataFrame({"a": [1]})["b"]

# --- value-error
import pandas as pd
pd.DataFrame({"a": [1, 2], "b": [1]})

# --- ambiguous-truth
import pandas as pd
bool(pd.Series([1, 2]))

# --- missing-file
import pandas as pd
pd.read_csv("/nowhere.csv")

# --- excel-without-engine
import pandas as pd
pd.DataFrame({"a": [1]}).to_excel("/tmp/x.xlsx")

# --- copy-warning
import pandas as pd
d = pd.DataFrame({"a": [1, 2]})
d[d.a > 1]["a"] = 5
d.a.tolist()

# --- sqlite
import sqlite3
import pandas as pd
db = sqlite3.connect(":memory:")
pd.DataFrame({"a": [1, 2]}).to_sql("t", db, index=False)
print(pd.read_sql("select sum(a) as s from t", db))

# --- apply
import pandas as pd
pd.DataFrame({"a": [1, 2], "b": [3, 4]}).apply(lambda r: r.a * r.b, axis=1).tolist()

# --- apply-error
import pandas as pd
pd.Series([1, 0]).apply(lambda x: 1 // x)

# --- strings
import pandas as pd
s = pd.Series(["a-b", "c-d", None])
s.str.split("-", expand=True), s.str.upper()

# --- options (alone)
import pandas as pd
pd.set_option("display.max_rows", 4)
print(pd.DataFrame({"a": range(10)}))

# --- groupby-object
import pandas as pd
pd.DataFrame({"k": [1, 1], "v": [2, 3]}).groupby("k")

# --- iterrows
import pandas as pd
pd.DataFrame({"a": [1, 2]}).iterrows()

# --- html
import pandas as pd
pd.DataFrame({"a": ["<b>"]}).to_html()

# --- query-eval
import pandas as pd
d = pd.DataFrame({"a": [1, 2, 3]})
d.query("a > 1 and a < 3"), d.eval("b = a * 2")

# --- pickle
import io
import pickle
import pandas as pd
d = pd.DataFrame({"a": [1, 2]})
pickle.loads(pickle.dumps(d)).equals(d)

# --- nullable-types
import pandas as pd
pd.array([1, None], dtype="Int64"), pd.Series([True, None], dtype="boolean")

# --- frame-of-everything
import datetime
import pandas as pd
print(pd.DataFrame({"d": [datetime.date(2026, 1, 1)], "t": [pd.Timedelta("2h")], "l": [[1, 2]], "c": [1 + 2j]}))
