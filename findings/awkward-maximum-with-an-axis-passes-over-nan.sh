#!/usr/bin/env bash
# awkward 2.14.0 with numpy 2.4.6.
# Guess: the maximum of the row [nan, 1] is nan, with or without an axis, as in numpy.
# Seen: over the whole array it is nan and along an axis it is 1, as if ak.nanmax had been asked; so the largest of the
#       rows' maxima is not the maximum. ak.sort puts nan in front, where numpy puts it last.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q awkward==2.14.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import awkward as ak
import numpy as np

rows = ak.Array([[np.nan, 1.0], [0.5]])
facts = {
    "whole": (str(ak.max(rows)), "nan"),
    "axis 1": (ak.max(rows, axis=1).to_list(), [1.0, 0.5]),
    "minimum, axis 1": (ak.min(rows, axis=1).to_list(), [1.0, 0.5]),
    "of the maxima": (float(ak.max(ak.max(rows, axis=1))), 1.0),
    "numpy, axis 1": (str(np.max(np.array([[np.nan, 1.0]]), axis=1)), "[nan]"),
    "sum, axis 1": (str(ak.sum(rows, axis=1).to_list()), "[nan, 0.5]"),
    "sorted": (str(ak.sort(ak.Array([3.0, np.nan, 1.0])).to_list()), "[nan, 1.0, 3.0]"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
