#!/usr/bin/env bash
# polars 2.1.0.
# Guess: the difference of two ranks, of two lengths or of two counts can be negative; diff() of the same ranks is.
# Seen: they are unsigned with 32 bits and wrap: who gains one place in the ranks changed by 4294967295 places. Ranks by
#       the default method are floats and give -1.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q polars==2.1.0
"$dir/venv/bin/python" - <<'EOF'
import sys

import polars as pl

before, after = pl.Series([2, 1]), pl.Series([1, 2])
table = pl.DataFrame({"exam": [1, None], "homework": [1, 2]})
missing = table.select(pl.col("exam").count() - pl.col("homework").count()).item()
facts = {
    "dense": ((after.rank("dense") - before.rank("dense")).to_list(), [4294967295, 1]),
    "default": ((after.rank() - before.rank()).to_list(), [-1.0, 1.0]),
    "diff()": (before.rank("dense").diff().to_list(), [None, -1]),
    "counts": (missing, 4294967295),
    "lengths": (
        (pl.Series(["ab"]).str.len_chars() - pl.Series(["abc"]).str.len_chars()).to_list(),
        [4294967295],
    ),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
