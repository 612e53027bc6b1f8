#!/usr/bin/env bash
# scipy 1.17.1 with numpy 2.4.6.
# Guess: a sparse array is the same numbers stored otherwise: 0 / 0 is nan whether the divisor is sparse or dense, and 0
#        times nan is nan.
# Seen: divided by a sparse array it is nan, and by a dense one with the same numbers it is 0. A zero that is not stored
#       stays 0 when it is multiplied by nan or infinity; one that is stored becomes nan.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q scipy==1.17.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from scipy.sparse import csr_array

dense = np.array([[1.0, 0.0]])
a = csr_array(dense)
stored = csr_array((np.array([1.0, 0.0]), [0, 1], [0, 2]), shape=(1, 2))
with np.errstate(all="ignore"):
    facts = {
        "by sparse": (str(np.asarray(a / a).tolist()), "[[1.0, nan]]"),
        "by dense": ((a / dense).toarray().tolist(), [[1.0, 0.0]]),
        "numpy": (str((dense / dense).tolist()), "[[1.0, nan]]"),
        "times nan": (str((a * np.nan).toarray().tolist()), "[[nan, 0.0]]"),
        "stored zero times nan": (str((stored * np.nan).toarray().tolist()), "[[nan, nan]]"),
        "@ infinity": ((a @ np.array([np.inf, np.inf])).tolist(), [np.inf]),
        "stored zero @ infinity": (str((stored @ np.array([np.inf, np.inf])).tolist()), "[nan]"),
    }

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
