#!/usr/bin/env bash
# pydantic 2.14.4 and jsonschema 4.26.0.
# Guess: points in steps of 0.1 that a pydantic model accepts satisfy the JSON Schema that the model writes of itself.
# Seen: pydantic allows a rounding error in multiple_of, jsonschema divides and wants a whole number: 0.3, 0.7 and 1.1 are
#       valid for the model and "not a multiple of 0.1" for an editor or a CI that goes by the schema.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pydantic==2.14.4 jsonschema==4.26.0
"$dir/venv/bin/python" - <<'EOF'
import sys

import jsonschema
from pydantic import BaseModel, Field


class Part(BaseModel):
    points: float = Field(multiple_of=0.1)


validator = jsonschema.Draft202012Validator(Part.model_json_schema())


def by_both(points: float) -> tuple[bool, bool]:
    return Part(points=points).points == points, validator.is_valid({"points": points})


facts = {
    "in the schema": (Part.model_json_schema()["properties"]["points"]["multipleOf"], 0.1),
    "0.3": (by_both(0.3), (True, False)),
    "0.7": (by_both(0.7), (True, False)),
    "0.5": (by_both(0.5), (True, True)),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
