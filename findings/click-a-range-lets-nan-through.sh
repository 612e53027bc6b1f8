#!/usr/bin/env bash
# click 8.5.1.
# Guess: an option of type FloatRange(0, 1) is a number from 0 to 1, or an error; clamp=True brings it into the range.
# Seen: nan is taken as it is in both cases, since it is neither below nor above a bound; inf is an error. What is clamped
#       becomes the bound as it was written, so 7 becomes the integer 1 where 1 is the float 1.0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q click==8.5.1
"$dir/venv/bin/python" - <<'EOF'
import sys

import click
from click.testing import CliRunner


def value(kind: click.ParamType, text: str) -> str:
    @click.command()
    @click.option("--tolerance", type=kind)
    def command(tolerance: float) -> None:
        click.echo(repr(tolerance))

    result = CliRunner().invoke(command, ["--tolerance", text])
    return result.output.strip() if result.exit_code == 0 else "error"


facts = {
    "nan": (value(click.FloatRange(0, 1), "nan"), "nan"),
    "nan, above 0": (value(click.FloatRange(min=0, min_open=True), "nan"), "nan"),
    "nan, clamped": (value(click.FloatRange(0, 1, clamp=True), "nan"), "nan"),
    "inf": (value(click.FloatRange(0, 1), "inf"), "error"),
    "7, clamped": (value(click.FloatRange(0, 1, clamp=True), "7"), "1"),
    "1, clamped": (value(click.FloatRange(0, 1, clamp=True), "1"), "1.0"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
