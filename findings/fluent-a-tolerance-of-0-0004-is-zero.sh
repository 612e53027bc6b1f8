#!/usr/bin/env bash
# fluent.runtime 0.4.0.
# Guess: a number in a message is shown with the digits that it needs, as an f-string shows it; a whole number that is
#        nearly 1 counts as it is shown.
# Seen: three digits after the point at most, so a tolerance of 0.0004 reads "0" and 0.9999 reads "1", with "many" beside it
#       for the plural goes by the number before it was rounded. True is 1 and "many" is what the string "1" gets.
#       useGrouping: "false" still groups.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q fluent.runtime==0.4.0
"$dir/venv/bin/python" - <<'EOF'
import sys

from fluent.runtime import FluentBundle, FluentResource

source = """
plain = { $x }
count = { $x ->
    [one] { $x } one
   *[other] { $x } many
 }
fine = { NUMBER($x, maximumFractionDigits: 6) }
single = { NUMBER($x, useGrouping: "false") }
"""
bundle = FluentBundle(["en"], use_isolating=False)
bundle.add_resource(FluentResource(source))


def shown(name: str, value: object) -> str:
    text, errors = bundle.format_pattern(bundle.get_message(name).value, {"x": value})
    return text if not errors else str(errors)


facts = {
    "0.0004": (shown("plain", 0.0004), "0"),
    "six digits": (shown("fine", 0.0004), "0.0004"),
    "0.9999": (shown("count", 0.9999), "1 many"),
    "1.0": (shown("count", 1.0), "1 one"),
    "True": (shown("count", True), "1 one"),
    "a string": (shown("count", "1"), "1 many"),
    "without grouping": (shown("single", 12345), "12,345"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
