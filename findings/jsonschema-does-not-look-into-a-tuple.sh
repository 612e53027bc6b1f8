#!/usr/bin/env bash
# jsonschema 4.26.0 with numpy 2.4.6.
# Guess: {"items": {"type": "integer"}} rejects ("a",), and np.int64 and np.float32 are both numbers or both not.
# Seen: only a list is an array; what is none is not looked into, so rules on its items, its length and its uniqueness
#       hold for each tuple and each numpy array, which json.dumps writes as a list (the tuple). np.float32 is a "number",
#       np.int64 a "number" that is no "integer", though 1.0 is one.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q jsonschema==4.26.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from jsonschema import Draft202012Validator


def valid(schema: dict[str, object], value: object) -> bool:
    return Draft202012Validator(schema).is_valid(value)


items = {"items": {"type": "integer"}, "maxItems": 1}
facts = {
    "list": (valid(items, ["a", "b"]), False),
    "tuple": (valid(items, ("a", "b")), True),
    "np.int64 as number": (valid({"type": "number"}, np.int64(1)), True),
    "np.int64 as integer": (valid({"type": "integer"}, np.int64(1)), False),
    "np.float32 as number": (valid({"type": "number"}, np.float32(1)), True),
    "1.0 as integer": (valid({"type": "integer"}, 1.0), True),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
