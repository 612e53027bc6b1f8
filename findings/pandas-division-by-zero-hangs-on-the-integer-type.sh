#!/usr/bin/env bash
# pandas 3.1.1 with numpy 2.4.6.
# Guess: // and % by 0 give the same for a column of int64, of Int64 and for the numpy array behind them.
# Seen: int64 gives inf, nan and -inf as floats and does not warn; Int64, the one that can hold NA, gives 0 as numpy does,
#       which warns. Reading a file with dtype_backend="numpy_nullable" changes the answers.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pandas==3.1.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys
import warnings

import numpy as np
import pandas as pd

warnings.simplefilter("ignore", RuntimeWarning)
values = [1, 0, -1]
facts = {
    "int64 //": (str((pd.Series(values, dtype="int64") // 0).tolist()), "[inf, nan, -inf]"),
    "int64 %": (str((pd.Series(values, dtype="int64") % 0).tolist()), "[nan, nan, nan]"),
    "Int64 //": ((pd.Series(values, dtype="Int64") // 0).tolist(), [0, 0, 0]),
    "numpy //": ((np.array(values) // 0).tolist(), [0, 0, 0]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
