#!/usr/bin/env bash
# pyarrow 26.0.1, pandas 3.1.1, numpy 2.4.6.
# Guess: the mean of the decimals 85 and 90 is 87.5, as it is of the integers, and of decimals in a pandas column of objects.
# Seen: the mean has no more digits after the point than the numbers: 88, also by group and in a pandas column of the Arrow
#       type. The median of the same column is the float 87.5, and a quotient is cut off where the mean is rounded.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pyarrow==26.0.1 pandas==3.1.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

numbers = [Decimal(85), Decimal(90)]
points = pa.array(numbers)
by_group = pa.table({"group": [1, 1], "points": points}).group_by("group").aggregate([("points", "mean")])
facts = {
    "mean": (str(pc.mean(points)), "88"),
    "of integers": (pc.mean(pa.array([85, 90])).as_py(), 87.5),
    "by group": (str(by_group["points_mean"][0]), "88"),
    "pandas, Arrow type": (str(pd.Series(numbers, dtype=pd.ArrowDtype(pa.decimal128(5, 0))).mean()), "88"),
    "pandas, objects": (float(pd.Series(numbers).mean()), 87.5),
    "median": (pc.quantile(points, 0.5)[0].as_py(), 87.5),
    "2 / 3": (str(pc.divide(pa.array([Decimal(2)]), pa.array([Decimal(3)]))[0]), "0.6666"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
