#!/usr/bin/env bash
# rich 14.3.4.
# Guess: text is wrapped at the console's width, in Chinese as in English: a line is filled, then the next begins.
# Seen: lines are broken at spaces alone. A Chinese sentence has none, so all of it moves below a short word and leaves
#       that line nearly empty; only a sentence longer than a line is cut, and then a line may begin with a full stop.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q rich==14.3.4
"$dir/venv/bin/python" - <<'EOF'
import io
import sys

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

console = Console(file=io.StringIO(), width=20)


def wrapped(text):
    return [line.plain.rstrip() for line in Text(text).wrap(console, 20)]


english = wrapped("note: a b c d e f g h i j k l m")
chinese = wrapped("note: 数是对的但多一个轴")
exact = wrapped("数是对的但多一个轴吗。")
facts = {
    "English fills the line": (cell_len(english[0]) > 16, True),
    "Chinese would fit in part": (cell_len("note: 数是对的但多一"), 20),
    "Chinese moves as a whole": (chinese, ["note:", "数是对的但多一个轴"]),
    "a line begins with a full stop": (exact, ["数是对的但多一个轴吗", "。"]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
