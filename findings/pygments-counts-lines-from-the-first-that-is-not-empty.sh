#!/usr/bin/env bash
# Pygments 2.21.0.
# Guess: with linenos the numbers beside a listing are those of the file, and hl_lines marks the line of that number.
# Seen: lexers drop empty lines at both ends first (stripnl), so in a file that begins with two of them each number is two
#       less than in Python's traceback, and hl_lines=[3] for the third line marks nothing, or what stands two lines below.
#       stripnl=False keeps them.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pygments==2.21.0
"$dir/venv/bin/python" - <<'EOF'
import re
import sys

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

source = "\n\nfirst = 1\nsecond = 2\nthird = 3\n"


def numbers(**options: bool) -> dict[str, str]:
    page = highlight(source, PythonLexer(**options), HtmlFormatter(linenos="inline"))
    return {name: number for number, name in re.findall(r'linenos">(\d+)</span><span class="n">(\w+)', page)}


def marked(line: int, **options: bool) -> list[str]:
    page = highlight(source, PythonLexer(**options), HtmlFormatter(hl_lines=[line]))
    return re.findall(r'class="hll"><span class="n">(\w+)', page)


facts = {
    "numbers": (numbers(), {"first": "1", "second": "2", "third": "3"}),
    "line 3": (marked(3), ["third"]),
    "line 5": (marked(5), []),
    "numbers without stripnl": (numbers(stripnl=False).get("second"), "4"),
    "line 3 without stripnl": (marked(3, stripnl=False), ["first"]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
