#!/usr/bin/env bash
# jupytext 1.19.6, nbformat 5.11.1.
# Guess: export to a .py script comments out magics (%time, !ls) and leaves lines of plain Python as they are.
# Seen: a cell whose line starts with a shell-like word (cat, ls, cp, rm, mv, ...) is taken for an automagic, unless
#       it is followed by =, a comma or a bracket without a space. `cat -= cat.mean()` works in the notebook, where the
#       variable wins over the magic, and is a comment in the script: it runs without an error and is wrong.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q jupytext==1.19.6 nbformat==5.11.1
"$dir/venv/bin/python" - <<'EOF'
import sys

import jupytext
from nbformat.v4 import new_code_cell, new_notebook


def script(source: str) -> str:
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook = new_notebook(cells=[new_code_cell(source)], metadata={"kernelspec": kernel})
    return jupytext.writes(notebook, fmt="py:percent").split("# %%\n")[1].strip()


names: dict[str, object] = {}
exec(script("cat = 5.0\ncat -= 2.0"), names)
facts = {
    "augmented": (script("cat -= cat.mean()"), "# cat -= cat.mean()"),
    "matrix product": (script("cat @ W"), "# cat @ W"),
    "call with a space": (script("cp (x)"), "# cp (x)"),
    "assignment stays": (script("cat = x"), "cat = x"),
    "other name stays": (script("dog -= dog.mean()"), "dog -= dog.mean()"),
    "the script's result": (names["cat"], 5.0),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
