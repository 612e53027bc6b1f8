#!/usr/bin/env bash
# numpy 2.4.6 (2.5.5 the same).
# Guess: np.strings.upper(["straße"]) is STRASSE, as "straße".upper() is.
# Seen: the result has the width of the input, and the letter that the sharp s adds falls off the end: STRASS. With a
#       longer word in the same array there is room and it is right, so the result hangs on the neighbours. StringDType
#       is right.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np

wide = np.array(["straße"], np.dtypes.StringDType())
facts = {
    "Python": ("straße".upper(), "STRASSE"),
    "one word": (np.strings.upper(["straße"]).tolist(), ["STRASS"]),
    "beside a longer word": (np.strings.upper(["straße", "haltestelle"]).tolist(), ["STRASSE", "HALTESTELLE"]),
    "np.char": (np.char.upper(["straße"]).tolist(), ["STRASS"]),
    "StringDType": (np.strings.upper(wide).tolist(), ["STRASSE"]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
