#!/usr/bin/env bash
# pendulum 3.3.0.
# Guess: half a year is six months, two single months added up are two months, and a month after 1 February is 1 March.
# Seen: half a year is an empty duration, which adds nothing to a date. month + month is 60 days and month * 2 is two
#       months, though the two compare as equal. Added to a plain datetime a month is 30 days: 2 March.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pendulum==3.3.0
"$dir/venv/bin/python" - <<'EOF'
import sys
from datetime import datetime

import pendulum

month, year = pendulum.duration(months=1), pendulum.duration(years=1)
start = pendulum.datetime(2023, 2, 1)
facts = {
    "half a year": ((start + year / 2).to_date_string(), "2023-02-01"),
    "year * 0.5": (year * 0.5 == pendulum.duration(), True),
    "half a day": ((pendulum.duration(days=1) / 2).in_words(), "12 hours"),
    "month + month": ((start + (month + month)).to_date_string(), "2023-04-02"),
    "month * 2": ((start + month * 2).to_date_string(), "2023-04-01"),
    "equal": (month + month == month * 2, True),
    "plain datetime": ((datetime(2024, 2, 1) + month).date().isoformat(), "2024-03-02"),
    "pendulum's": ((pendulum.datetime(2024, 2, 1) + month).to_date_string(), "2024-03-01"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
