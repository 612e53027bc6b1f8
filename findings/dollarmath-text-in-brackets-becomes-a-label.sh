#!/usr/bin/env bash
# markdown-it-py 4.3.0 with mdit-py-plugins 0.7.0 (dollarmath).
# Guess: $$a$$ followed by (row by row) is a formula followed by words in brackets.
# Seen: the brackets vanish from the page and become the formula's label, an id and an anchor; `$$a$$ row` keeps its words,
#       but then it is no block: a lone dollar stands on both sides of an inline formula.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q markdown-it-py==4.3.0 mdit-py-plugins==0.7.0
"$dir/venv/bin/python" - <<'EOF'
import sys

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

markdown = MarkdownIt("commonmark").use(dollarmath_plugin)


def rendered(text: str) -> str:
    return markdown.render(text).strip()


labelled = rendered("$$a$$ (sum)")
facts = {
    "the words": ("(sum)" in labelled, False),
    "the label": ('<div id="sum" class="math block">' in labelled, True),
    "with a word": (rendered("$$a$$ sum"), '<p>$<span class="math inline">a</span>$ sum</p>'),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
