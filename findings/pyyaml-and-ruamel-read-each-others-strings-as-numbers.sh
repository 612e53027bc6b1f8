#!/usr/bin/env bash
# PyYAML 6.0.4 and ruamel.yaml 0.19.1.
# Guess: a string that one of them writes is a string for the other: what could be a number is quoted.
# Seen: each quotes by its own version of YAML (1.1 and 1.2). A hash or a student's number "12e03" or "08", written bare by
#       PyYAML, is 12000.0 or 8 in ruamel.yaml; a time "12:30:45" or an answer "yes" goes bare from ruamel.yaml and is
#       45045 and True in PyYAML. Each alone makes the round trip.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pyyaml==6.0.4 ruamel.yaml==0.19.1
"$dir/venv/bin/python" - <<'EOF'
import io
import sys

import yaml
from ruamel.yaml import YAML

ruamel = YAML(typ="safe")


def by_ruamel(value: str) -> str:
    file = io.StringIO()
    ruamel.dump({"k": value}, file)
    return file.getvalue()


facts = {
    "PyYAML, then ruamel: 12e03": (ruamel.load(yaml.safe_dump({"k": "12e03"}))["k"], 12000.0),
    "PyYAML, then ruamel: 08": (ruamel.load(yaml.safe_dump({"k": "08"}))["k"], 8),
    "ruamel, then PyYAML: 12:30:45": (yaml.safe_load(by_ruamel("12:30:45"))["k"], 45045),
    "ruamel, then PyYAML: yes": (yaml.safe_load(by_ruamel("yes"))["k"], True),
    "PyYAML alone": (yaml.safe_load(yaml.safe_dump({"k": "12e03"}))["k"], "12e03"),
    "ruamel alone": (ruamel.load(by_ruamel("12:30:45"))["k"], "12:30:45"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
