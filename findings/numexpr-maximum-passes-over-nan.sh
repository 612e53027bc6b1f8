#!/usr/bin/env bash
# numexpr 2.14.2 with numpy 2.4.6.
# Guess: evaluate("max(x)") is x.max(), which is nan where a nan is.
# Seen: it leaves nan out, as np.nanmax does, wherever the nan stands; sum and prod do give nan. abs of a complex array
#       is complex there, and uint64 comes back as int64, wrapped, without a word.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numexpr==2.14.2 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numexpr
import numpy as np


def value(expression: str, x: object) -> np.ndarray:
    return numexpr.evaluate(expression, {"x": np.asarray(x)})


facts = {
    "max": (float(value("max(x)", [1, np.nan, 3])), 3.0),
    "min, nan first": (float(value("min(x)", [np.nan, 1, 3])), 1.0),
    "numpy's max": (str(np.max([1, np.nan, 3])), "nan"),
    "sum": (str(value("sum(x)", [1, np.nan, 3])), "nan"),
    "abs of complex": (complex(value("abs(x)", [3 + 4j])[0]), 5 + 0j),
    "uint64 times 1": (int(value("x * 1", np.array([2**64 - 1], np.uint64))[0]), -1),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
