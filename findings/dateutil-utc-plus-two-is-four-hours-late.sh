#!/usr/bin/env bash
# python-dateutil 4.0.0.
# Guess: "23:59 UTC+2" is "23:59 +02:00", and a blank before the sign changes nothing.
# Seen: after UTC, GMT or Z the sign is turned round, as in POSIX: "UTC+2" is west of Greenwich, so the deadline is four
#       hours later. With a blank, "UTC +2" and "UTC +02:00" are UTC itself and the rest is dropped.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q python-dateutil==4.0.0
"$dir/venv/bin/python" - <<'EOF'
import sys
from datetime import timezone

from dateutil import parser


def utc(zone: str) -> str:
    return parser.parse("2024-06-30 23:59" + zone).astimezone(timezone.utc).strftime("%d %H:%M")


facts = {
    "+02:00": (utc(" +02:00"), "30 21:59"),
    "UTC+2": (utc(" UTC+2"), "01 01:59"),
    "UTC+02:00": (utc(" UTC+02:00"), "01 01:59"),
    "GMT+2": (utc(" GMT+2"), "01 01:59"),
    "UTC +2": (utc(" UTC +2"), "30 23:59"),
    "UTC +02:00": (utc(" UTC +02:00"), "30 23:59"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
