#!/usr/bin/env bash
# pylatexenc 2.11.
# Guess: a formula that is written out as plain text keeps its meaning: brackets are put where a fraction bar or a raised
#        expression did their work.
# Seen: \frac{a+b}{c} becomes a+b/c and x^{a+b} becomes x^a+b. The commands that it does not know leave their arguments
#       glued together: \dfrac{a}{b} is ab and \tfrac{1}{2} is 12. 2\frac12 is 21/2, and a cube root loses its 3: √(x). No
#       error: a task or a hint in a terminal asks for something else.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pylatexenc==2.11
"$dir/venv/bin/python" - <<'EOF'
import sys

from pylatexenc.latex2text import LatexNodes2Text

text = LatexNodes2Text().latex_to_text
facts = {
    r"\frac": (text(r"\frac{a+b}{c}"), "a+b/c"),
    r"\dfrac": (text(r"\dfrac{a}{b}"), "ab"),
    r"\tfrac": (text(r"\tfrac{1}{2}"), "12"),
    "a mixed number": (text(r"2\frac12"), "21/2"),
    "an exponent": (text(r"x^{a+b}"), "x^a+b"),
    "a cube root": (text(r"\sqrt[3]{x}"), "√(x)"),
    "a square root": (text(r"\sqrt{a+b}"), "√(a+b)"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
