#!/usr/bin/env bash
# duckdb 2.0.1, pandas 3.1.1, polars 2.1.0, pyarrow 26.0.1, numpy 2.4.6.
# Guess: a query over a table in memory gives the same for the same numbers, whichever library holds them.
# Seen: nan in a pandas column or a numpy array is a missing value for the query: avg leaves it out, count does not count
#       it. In a polars frame and in an Arrow table it is a number: avg is nan, and max is nan, for nan is the largest.
#       polars' own max of the same column passes over it.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q duckdb==2.0.1 pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

numbers = [1.0, float("nan"), 3.0]
tables = {
    "numpy": {"x": np.array(numbers)},
    "pandas": pd.DataFrame({"x": numbers}),
    "polars": pl.DataFrame({"x": numbers}),
    "Arrow": pa.table({"x": numbers}),
}


def asked(name: str) -> tuple[str, str, int]:
    table_ = tables[name]  # the query finds it by the variable's name
    average, largest, count = duckdb.sql("select avg(x), max(x), count(x) from table_").fetchall()[0]
    return str(average), str(largest), count


facts = {
    "numpy": (asked("numpy"), ("2.0", "3.0", 2)),
    "pandas": (asked("pandas"), ("2.0", "3.0", 2)),
    "polars": (asked("polars"), ("nan", "nan", 3)),
    "Arrow": (asked("Arrow"), ("nan", "nan", 3)),
    "polars' own max": (tables["polars"]["x"].max(), 3.0),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
