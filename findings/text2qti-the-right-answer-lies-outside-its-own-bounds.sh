#!/usr/bin/env bash
# text2qti 0.8.0.
# Guess: the quiz that is written for a learning platform accepts the answer that the author wrote down, and what lies
#        within the margin.
# Seen: the answer and both bounds are written with four digits after the point, whatever their size, and a margin below
#       that vanishes. 0.00012345 +- 1% becomes the bounds 0.0001 and 0.0001, so the right answer is wrong and 0.0001 is
#       right; 0.12346 +- 0.000001 accepts 0.1235 alone. Only what is smaller than 0.0001 is an error.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q text2qti==0.8.0
"$dir/venv/bin/python" - <<'EOF'
import re
import sys

from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Quiz


def accepted(answer: str) -> tuple[bool, list[str]]:
    written = QTI(Quiz(f"1. What is it?\n= {answer}\n", config=Config())).assessment
    low, high = (re.search(f"<{name} [^>]*>([^<]*)", written)[1] for name in ("vargte", "varlte"))
    return float(low) <= float(answer.split()[0]) <= float(high), [low, high]


facts = {
    "0.00012345": (accepted("0.00012345 +- 1%"), (False, ["0.0001", "0.0001"])),
    "0.12346": (accepted("0.12346 +- 0.000001"), (False, ["0.1235", "0.1235"])),
    "0.5": (accepted("0.5 +- 0.00001"), (True, ["0.5000", "0.5000"])),
    "1234.5": (accepted("1234.5 +- 1%"), (True, ["1222.1550", "1246.8450"])),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
