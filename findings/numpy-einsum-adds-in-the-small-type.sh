#!/usr/bin/env bash
# numpy 2.4.6 (2.5.5 the same).
# Guess: einsum("i->", x) is x.sum() and einsum("ii", x) is np.trace(x), as einsum's documentation says of both.
# Seen: sum and trace of small integers accumulate in the platform's integer, einsum in the input's own type, so
#       the einsum of pixels (uint8) or int8 wraps around without a warning. dtype=int gives the sum.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np

x = np.array([100, 100], np.int8)
square = np.full((2, 2), 200, np.uint8)
facts = {
    "sum": (int(x.sum()), 200),
    "einsum i->": (int(np.einsum("i->", x)), -56),
    "trace": (int(np.trace(square)), 400),
    "einsum ii": (int(np.einsum("ii", square)), 144),
    "einsum with dtype": (int(np.einsum("i->", x, dtype=int)), 200),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
