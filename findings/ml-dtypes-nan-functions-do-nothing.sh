#!/usr/bin/env bash
# ml_dtypes 0.6.0 with numpy 2.4.6.
# Guess: nanmean, nansum and nan_to_num work on bfloat16 as np.isnan does, or refuse it.
# Seen: numpy asks first whether the type is a subtype of np.inexact. bfloat16 is of none of numpy's kinds, so the functions
#       take it for integers, which have no nan, and hand nan back without a word.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q ml_dtypes==0.6.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import ml_dtypes
import numpy as np

x = np.array([np.nan, 1, np.inf], ml_dtypes.bfloat16)
facts = {
    "isnan": (np.isnan(x).tolist(), [True, False, False]),
    "nan_to_num": (str(np.nan_to_num(x).tolist()), "[nan, 1.0, inf]"),
    "nansum": (str(float(np.nansum(x[:2]))), "nan"),
    "nanmean": (str(float(np.nanmean(x[:2]))), "nan"),
    "of float16": (float(np.nanmean(x[:2].astype(np.float16))), 1.0),
    "floating": (isinstance(x[1], np.floating), False),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
