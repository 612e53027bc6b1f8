#!/usr/bin/env bash
# numpy 2.4.6 (2.5.5 the same).
# Guess: quantile(x, 0.5) is median(x), percentile(x, 0) is min(x) and percentile(x, 100) is max(x).
# Seen: the default method interpolates with a weight of 0 as well, and 0 * inf is nan: a quantile that falls exactly on
#       a finite value is nan when the next one is inf, and so are those among infs. From below (-inf) it is right.
#       Losses that contain an inf, and code that takes np.percentile for np.median, meet it.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys
import warnings

import numpy as np

warnings.simplefilter("ignore", RuntimeWarning)
x = np.array([1.0, np.inf])
y = np.array([1.0, np.inf, np.inf])
facts = {
    "percentile 0": (str(np.percentile(x, 0)), "nan"),
    "min": (float(x.min()), 1.0),
    "percentile 100 above -inf": (float(np.percentile(-x, 100)), -1.0),
    "percentile 0 of the negative": (str(np.percentile(-x, 0)), "nan"),
    "quantile one half": (str(np.quantile(y, 0.5)), "nan"),
    "median": (float(np.median(y)), np.inf),
    "another method": (float(np.quantile(y, 0.5, method="lower")), np.inf),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
