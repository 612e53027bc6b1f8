#!/usr/bin/env bash
# numpy 2.4.6.
# Guess: the message of a reshape that fails names the shape that was asked for.
# Seen: leading -1s are left out of it, with the comma of a tuple of one, and a -1 further in is called newaxis: of
#       (-1, 7) it says (7), of (-1, 3, 7) (3,7), of (3, -1, 7) (3,newaxis,7).
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np


def said(*shape):
    try:
        np.zeros(11).reshape(*shape)
    except ValueError as error:
        return str(error).rpartition("into shape ")[2]


facts = {
    "(4, 7)": (said(4, 7), "(4,7)"),
    "(-1, 7)": (said(-1, 7), "(7)"),
    "(-1, 3, 7)": (said(-1, 3, 7), "(3,7)"),
    "(3, -1, 7)": (said(3, -1, 7), "(3,newaxis,7)"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
