#!/usr/bin/env bash
# openpyxl 3.1.5 with numpy 2.4.6.
# Guess: what a workbook cannot hold is refused, as complex numbers are, and a Python int is stored with all its digits.
# Seen: nan and inf become empty cells without a word, each number is written with 16 digits, so an 18-digit identity number
#       comes back as another one and 0.1 + 0.2 as 0.3; np.bool_(True) comes back as 1, not as a truth value.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q openpyxl==3.1.5 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import io
import sys

import numpy as np
import openpyxl


def stored(value: object) -> object:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = value
    book.save(file)
    return openpyxl.load_workbook(file).active["A1"].value


facts = {
    "inf": (stored(float("inf")), None),
    "nan": (stored(float("nan")), None),
    "18 digits": (stored(123456789012345678), 1.234567890123457e17),
    "a sum": (stored(0.1 + 0.2), 0.3),
    "np.bool_": (type(stored(np.bool_(True))).__name__, "int"),
    "bool": (stored(True), True),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
