#!/usr/bin/env bash
# pandas 3.1.1 with numpy 2.4.6.
# Guess: read_json keeps the numbers that to_json wrote, whatever the column is called.
# Seen: a column whose name ends in _time or _at, begins with timestamp, or is date or modified becomes dates if its numbers
#       are above 31536000: run_time in nanoseconds is a day in 1971 or later, graded_at too. A column nanoseconds stays.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pandas==3.1.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import io
import sys

import pandas as pd


def read(column: str, number: int) -> str:
    text = pd.DataFrame({column: [number]}).to_json(orient="records")
    return str(pd.read_json(io.StringIO(text)).iloc[0, 0])[:10]


facts = {
    "run_time": (read("run_time", 50_000_000), "1971-08-02"),
    "the same as nanoseconds": (read("nanoseconds", 50_000_000), "50000000"),
    "small run_time": (read("run_time", 5_000_000), "5000000"),
    "modified": (read("modified", 50_000_000), "1971-08-02"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
