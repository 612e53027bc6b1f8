#!/usr/bin/env bash
# orjson 3.13.0 with numpy 2.4.6.
# Guess: orjson reads each integer that json wrote, or refuses those beyond 64 bits, as it does when it writes them.
# Seen: it reads them as floats without a word: the entropy of a numpy SeedSequence has 128 bits, comes back rounded, and
#       int() of it starts another stream of random numbers than the run that it was written down for.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q orjson==3.13.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import json
import sys

import numpy as np
import orjson

seed = 2**127 + 12345
read = orjson.loads(json.dumps({"seed": seed}))["seed"]


def first(number: int) -> int:
    return int(np.random.default_rng(number).integers(2**60))


def written() -> str:
    try:
        return orjson.dumps(seed).decode()
    except TypeError as error:
        return str(error)


facts = {
    "type read": (type(read).__name__, "float"),
    "json's type": (type(json.loads(json.dumps(seed))).__name__, "int"),
    "the same stream": (first(int(read)) == first(seed), False),
    "written": (written(), "Integer exceeds 64-bit range"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
