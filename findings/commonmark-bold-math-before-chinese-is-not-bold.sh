#!/usr/bin/env bash
# markdown-it-py 4.3.0 with mdit-py-plugins 0.7.0 (dollarmath).
# Guess: **$x$** is bold in a Chinese sentence as it is in an English one.
# Seen: Chinese has no space after it, and closing asterisks between punctuation (the dollar, a full-width bracket) and a
#       letter do not close: the asterisks stay on the page. Bold words work, so a translated exercise shows it here and there.
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


def bold(text: str) -> bool:
    return "<strong>" in markdown.render(text)


facts = {
    "English": (bold("the sum **$x$** of rows"), True),
    "Chinese, formula": (bold("求**$x$**的和"), False),
    "Chinese, brackets": (bold("求**和（行）**的值"), False),
    "Chinese, words": (bold("求**每行**的和"), True),
    "Chinese, with spaces": (bold("求 **$x$** 的和"), True),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
