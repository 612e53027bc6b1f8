#!/usr/bin/env bash
# latex2mathml 3.81.1.
# Guess: \begin{aligned} becomes a table with aligned columns, as cases and pmatrix do, or is refused.
# Seen: it becomes one row in which the & stands as a letter, and that & is not escaped: the page is not well-formed
#       XML, and in HTML a derivation over two lines shows "a&=b". No error.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q latex2mathml==3.81.1
"$dir/venv/bin/python" - <<'EOF'
import sys
from xml.etree import ElementTree

from latex2mathml.converter import convert


def parsed(tex: str) -> str:
    try:
        return ElementTree.fromstring(convert(tex)).tag.rpartition("}")[2]
    except ElementTree.ParseError as error:
        return str(error)[:15]


aligned = r"\begin{aligned}a&=b\\c&=d\end{aligned}"
facts = {
    "aligned": ("<mi>&</mi>" in convert(aligned), True),
    "no table": ("mtable" in convert(aligned), False),
    "aligned as XML": (parsed(aligned), "not well-formed"),
    "cases as XML": (parsed(r"\begin{cases}a&b\\c&d\end{cases}"), "math"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
