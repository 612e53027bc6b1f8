#!/usr/bin/env bash
# pandas 3.1.1 with numpy 2.4.6.
# Guess: to_json writes as many digits as json.dumps and to_csv do, so that read_json has the same numbers.
# Seen: ten digits after the point by default: a loss of 1e-12 is written as 0.0, and [1e-12, 2e-11] come back as the
#       integers 0 and 0. What is below 1e-15 is written with an exponent and stays, so of 1e-16 and 1e-15 the greater one
#       becomes the lesser. 1/3 loses six digits.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pandas==3.1.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import io
import json
import sys

import pandas as pd

losses = pd.DataFrame({"loss": [1e-12, 2e-11]})
facts = {
    "written": (losses.to_json(), '{"loss":{"0":0.0,"1":0.0}}'),
    "read": (pd.read_json(io.StringIO(losses.to_json()))["loss"].tolist(), [0, 0]),
    "a third": (pd.Series([1 / 3]).to_json(orient="values"), "[0.3333333333]"),
    "smaller ones": (pd.Series([1e-16, 1e-15]).to_json(orient="values"), "[1e-16,0.0]"),
    "double_precision": (pd.Series([1e-12]).to_json(orient="values", double_precision=15), "[0.000000000001]"),
    "json": (json.dumps(losses["loss"].tolist()), "[1e-12, 2e-11]"),
    "csv": (losses.to_csv(index=False).split(), ["loss", "1e-12", "2e-11"]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
