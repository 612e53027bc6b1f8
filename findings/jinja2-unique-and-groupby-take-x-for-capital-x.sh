#!/usr/bin/env bash
# Jinja2 3.1.6.
# Guess: unique, groupby, min and max compare strings as Python and `==` in the same template do: x and X are two names.
# Seen: they fold the case first, so of the arguments X and x one is dropped, two misconceptions "T" and "t" fall into one
#       group, and the largest of b and C differs from Python's.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q jinja2==3.1.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import jinja2


def rendered(template: str) -> str:
    return jinja2.Environment().from_string(template).render(names=["X", "x", "W"])


groups = "{% for key, group in [{'n': 'a'}, {'n': 'A'}]|groupby('n') %}{{ key }}{{ group|length }}{% endfor %}"
facts = {
    "unique": (rendered("{{ names|unique|join }}"), "XW"),
    "unique with the option": (rendered("{{ names|unique(case_sensitive=true)|join }}"), "XxW"),
    "groupby": (rendered(groups), "a2"),
    "max": (rendered("{{ ['b', 'C']|max }}"), "C"),
    "max in Python": (max(["b", "C"]), "b"),
    "==": (rendered("{{ 'X' == 'x' }}"), "False"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
